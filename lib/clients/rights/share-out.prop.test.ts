import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut, type Holder } from './share-out.ts';

const units = fc.bigInt({ min: 0n, max: 10n ** 27n });
const holders = fc
  .array(units, { minLength: 1, maxLength: 40 })
  .map((positions): Holder[] =>
    positions.map((position, index) => ({ account: `client/C-${1000 + index}/SOL`, position })),
  );
const held = (list: readonly Holder[]): bigint =>
  list.reduce((sum, { position }) => sum + position, 0n);

describe('sharing out what an event brought', () => {
  it('gives away exactly the total, whatever the positions are', () => {
    fc.assert(
      fc.property(units, holders, (total, list) => {
        fc.pre(held(list) > 0n);
        expect(shareOut(total, list).reduce((sum, { amount }) => sum + amount, 0n)).toBe(total);
      }),
    );
  });

  it('gives each less than one unit more or less than their exact proportion', () => {
    fc.assert(
      fc.property(units, holders, (total, list) => {
        const sum = held(list);
        fc.pre(sum > 0n);
        for (const { position, amount } of shareOut(total, list)) {
          const off = amount * sum - total * position;
          expect(off < sum && off > -sum).toBe(true);
        }
      }),
    );
  });

  it('gives nobody more than somebody who held more, and nothing to who held nothing', () => {
    fc.assert(
      fc.property(units, holders, (total, list) => {
        fc.pre(held(list) > 0n);
        const shares = shareOut(total, list);
        for (const one of shares) {
          if (one.position === 0n) expect(one.amount).toBe(0n);
          for (const other of shares)
            if (one.position < other.position) expect(one.amount <= other.amount).toBe(true);
        }
      }),
    );
  });

  it('is the same in whatever order the holders come', () => {
    fc.assert(
      fc.property(units, holders, (total, list) => {
        fc.pre(held(list) > 0n);
        const byAccount = (shares: ReturnType<typeof shareOut>) =>
          new Map(shares.map(({ account, amount }) => [account, amount]));
        expect(byAccount(shareOut(total, list.toReversed()))).toEqual(
          byAccount(shareOut(total, list)),
        );
      }),
    );
  });

  it('refuses to share what nobody holds a part of', () => {
    expect(() => shareOut(1n, [{ account: 'a', position: 0n }])).toThrow(RangeError);
    expect(() => shareOut(1n, [])).toThrow(RangeError);
    expect(shareOut(0n, [])).toEqual([]);
  });
});
