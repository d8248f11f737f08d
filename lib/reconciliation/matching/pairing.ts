import type { Item } from './item.ts';

/** Items of both sides that belong together; their sums may differ, and then they are one break. */
export type Pair = { ledger: readonly Item[]; outside: readonly Item[]; by: string };

/** What a step of matching leaves behind it: every item is in `pairs` once, or is still open. */
export type Matching = {
  pairs: Pair[];
  ledger: readonly Item[];
  outside: readonly Item[];
};

/** Groups in the order of their first item. Items without a key are left out. */
export function groupBy(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What is not in `taken`. Items are told apart by identity: no reference is the same on both sides. */
export const without = (items: readonly Item[], taken: ReadonlySet<Item>): Item[] =>
  items.filter((item) => !taken.has(item));
