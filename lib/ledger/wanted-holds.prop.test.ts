import fc from 'fast-check';
import { expect, it } from 'vitest';
import { feeLines, feeSourceOf } from './fee-source.ts';
import { wantedHolds } from './wanted-holds.ts';

const units = fc.bigInt({ min: 1n, max: 10n ** 30n });
const asset = fc.constantFrom('ETH', 'USDC', 'BTC');
const taking = fc.record({
  client: fc.constantFrom('C-1001', 'C-1002'),
  exact: fc.option(fc.record({ asset, amount: units })),
  fee: fc.option(fc.record({ asset, highest: fc.oneof(fc.constant(0n), units) })),
});

it('holds in each asset exactly what may be taken there, once, in the order of accounts', () => {
  fc.assert(
    fc.property(taking, (wanted) => {
      const holds = wantedHolds(wanted);
      const accounts = holds.map(({ account }) => account);
      expect(accounts).toEqual([...new Set(accounts)].toSorted());
      const sum = (of: (hold: (typeof holds)[number]) => bigint) =>
        holds.reduce((all, hold) => all + of(hold), 0n);
      expect(sum(({ amount, fee }) => amount - fee)).toBe(wanted.exact?.amount ?? 0n);
      expect(sum(({ fee }) => fee)).toBe(wanted.fee?.highest ?? 0n);
      for (const hold of holds) {
        expect(hold.amount).toBeGreaterThan(0n);
        expect(hold.account).toBe(`client/${wanted.client}/${hold.asset}`);
        if (hold.fee > 0n) expect(hold.asset).toBe(wanted.fee?.asset);
        if (hold.amount > hold.fee) expect(hold.asset).toBe(wanted.exact?.asset);
      }
    }),
  );
});

it.each([
  [{}, 'fee-payer'],
  [{ feeBearer: 'custodian' }, 'fee-payer'],
  [{ feeBearer: 'custodian', owner: 'C-1001' }, 'fee-payer'],
  [{ feeBearer: 'custodian', owner: null }, 'own-in-vault'],
  [{ feeBearer: 'C-1001' }, { client: 'C-1001' }],
  [{ feeBearer: 'C-1001', owner: 'C-1001' }, { client: 'C-1001' }],
])('an intent that says %j pays its fee from %j', (terms, source) => {
  expect(feeSourceOf(terms)).toEqual(source);
});

it('a fee’s two lines sum to zero, and a fee of nothing has none', () => {
  const source = fc.constantFrom('fee-payer' as const, 'own-in-vault' as const, { client: 'C-1' });
  fc.assert(
    fc.property(units, source, (fee, feeFrom) => {
      const lines = feeLines({ fee, feeFrom }, { vault: 'hot-1', asset: 'ETH' });
      expect(lines.map(({ amount }) => amount)).toEqual([fee, -fee]);
      expect(feeLines({ fee: 0n, feeFrom }, { vault: 'hot-1', asset: 'ETH' })).toEqual([]);
    }),
  );
});
