import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goneCoins } from './gone-coins.ts';

const utxo = (txid: string, amount: bigint) => ({
  txid,
  vout: 0,
  amount,
  script: '51',
  block: { height: 1, hash: 'h' },
  isCoinbase: false,
});
const known = (txid: string, amount: bigint) => ({ txid, vout: 0, amount });

describe('coins that should lie at an address', () => {
  it('are gone where the node gives out all of it and they are not there', () => {
    const there = { coins: [utxo('a', 5n)], isWhole: true };
    expect(goneCoins([known('a', 5n), known('b', 1n)], there)).toEqual([known('b', 1n)]);
    expect(goneCoins([known('b', 1n)], { coins: [], isWhole: true })).toHaveLength(1);
  });

  it('are gone also among dust, where they are larger than what is given out', () => {
    const there = { coins: [utxo('a', 5n), utxo('d', 2n)], isWhole: false };
    expect(goneCoins([known('b', 3n), known('c', 2n), known('e', 1n)], there)).toEqual([
      known('b', 3n),
    ]);
    expect(goneCoins([known('b', 3n)], { coins: [], isWhole: false })).toEqual([]);
  });

  it('are looked for at every address of the account, and not called gone below what any of them gives out', () => {
    const whole = { coins: [utxo('a', 1n)], isWhole: true };
    const capped = { coins: [utxo('d', 4n), utxo('f', 9n)], isWhole: false };
    const all = [known('a', 1n), known('b', 5n), known('c', 4n), known('f', 9n)];
    expect(goneCoins(all, whole, capped)).toEqual([known('b', 5n)]);
    expect(goneCoins(all, capped, whole)).toEqual([known('b', 5n)]);
  });

  it('are never called gone while they lie there, whatever lies beside them', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 9n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 20 }), (all, most) => {
        const lying = all.map((amount, index) => utxo(`t${index}`, amount));
        const given = lying
          .toSorted((one, other) => Number(other.amount - one.amount))
          .slice(0, most);
        const there = { coins: given, isWhole: lying.length <= most };
        expect(goneCoins(lying, there)).toEqual([]);
      }),
    );
  });
});
