import fc from 'fast-check';
import { expect, it } from 'vitest';
import { feeLines, type FeeSource } from '#lib/ledger/fee-source.ts';
import { postedFee } from './posted-fee.ts';

const chain = 'eip155:31337';
const sources: FeeSource[] = ['fee-payer', 'own-in-vault', { client: 'C-20418' }];

it('the fee read from a journal is the fee that was posted, whoever bears it and whatever moved', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc.bigInt({ min: 1n, max: 10n ** 24n }),
      fc.constantFrom('ETH', 'EURC'),
      fc.constantFrom(...sources),
      (fee, amount, asset, feeFrom) => {
        const ofFee = feeLines({ fee, feeFrom }, { vault: 'hot-1', asset: 'ETH' }).map((line) => ({
          asset: 'ETH',
          amount: line.amount,
        }));
        const lines = [{ asset, amount }, { asset, amount: -amount }, ...ofFee];
        const intent = { chain, asset, amount: String(amount) };
        expect(postedFee(intent, [{ kind: 'withdrawal', lines }])).toBe(fee);
        expect(postedFee(intent, [{ kind: 'network-fee', lines: ofFee }])).toBe(fee);
      },
    ),
  );
});

it('nothing is said of a fee before it is posted, and a correction is none', () => {
  const intent = { chain, asset: 'ETH', amount: '5' };
  expect(postedFee(intent, [])).toBeNull();
  expect(
    postedFee(intent, [{ kind: 'correction', lines: [{ asset: 'ETH', amount: 7n }] }]),
  ).toBeNull();
});
