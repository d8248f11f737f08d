import { compareText, type Item } from './item.ts';
import { groupBy, without, type Matching, type Pair } from './pairing.ts';

const byAmount = (a: Item, b: Item): number => compareText(a.amount, b.amount);

/**
 * Items that name the same transaction: the same amounts first, then what is left in its order, so
 * that a wrong amount is found as one. Items beyond that stay open.
 * @param matching with items in the order of `byMoment`.
 */
export function matchByTransaction({ pairs, ledger, outside }: Matching): Matching {
  const theirs = groupBy(outside, ({ transaction }) => transaction);
  const found: Pair[] = [];
  const taken = new Set<Item>();
  const take = (ours: Item, other: Item): void => {
    taken.add(ours).add(other);
    found.push({ ledger: [ours], outside: [other], by: 'transaction' });
  };
  for (const [transaction, group] of groupBy(ledger, (item) => item.transaction)) {
    const others = theirs.get(transaction);
    if (!others) continue;
    // Both lists stand in the order of amounts, so equal ones meet in one walk.
    const ours = group.toSorted(byAmount);
    const rest = others.toSorted(byAmount);
    for (let i = 0, j = 0; i < ours.length && j < rest.length;) {
      const [a, b] = [ours[i], rest[j]];
      if (!a || !b) break;
      const order = byAmount(a, b);
      if (order === 0) take(a, b);
      if (order <= 0) i += 1;
      if (order >= 0) j += 1;
    }
    // Where one side is out of items, what the other has beyond it stays open.
    const [left, right] = [without(group, taken), without(others, taken)];
    for (const [index, item] of left.entries()) {
      const other = right[index];
      if (other) take(item, other);
    }
  }
  return {
    pairs: [...pairs, ...found],
    ledger: without(ledger, taken),
    outside: without(outside, taken),
  };
}
