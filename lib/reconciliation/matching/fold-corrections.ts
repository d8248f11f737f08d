import type { Item } from './item.ts';

const journalOf = (ref: string): string | null => /^journal:(\d+):/.exec(ref)?.[1] ?? null;

const numberOf = ({ ref }: Item): bigint => BigInt(journalOf(ref) ?? 0);

/** A deposit that was credited again: the chain names it, and it undoes what took it back. */
const isAgain = ({ transaction, corrects }: Item): boolean =>
  transaction !== null && corrects !== null;

/** What an item comes down to, the item itself where it corrects nothing that is there. */
function rootOf(item: Item, byJournal: ReadonlyMap<string, Item>): Item {
  let root = item;
  for (;;) {
    const target = root.corrects === null ? undefined : byJournal.get(root.corrects);
    if (!target || target === root) return root;
    if (target.corrects !== null) {
      // A correction of a correction is a movement of its own, which somebody outside may show.
      if (!isAgain(root) && !isAgain(target)) return root;
      // Nothing corrects what is booked after it, so this comes to an end.
      if (numberOf(target) >= numberOf(root)) return root;
    }
    root = target;
  }
}

/** The first line of each journal; one that corrects nothing before those that do. */
function firstLines(items: readonly Item[]): Map<string, Item> {
  const first = new Map<string, Item>();
  for (const item of items) {
    const journal = journalOf(item.ref);
    if (journal === null) continue;
    const known = first.get(journal);
    if (!known || (known.corrects !== null && item.corrects === null)) first.set(journal, item);
  }
  return first;
}

/**
 * A correction belongs to what it corrects: the two are one movement of what is left. Where nothing is left,
 * neither has another side to be found. So does a deposit that was credited again to what took it back, and that to the
 * deposit.
 * @returns the items with corrections taken into them, and how many vanished because nothing was left.
 */
export function foldCorrections(items: readonly Item[]): { items: Item[]; netted: number } {
  const byJournal = firstLines(items);
  const corrected = new Map<string, Item[]>();
  const kept: Item[] = [];
  for (const item of items) {
    const { ref } = rootOf(item, byJournal);
    if (ref === item.ref) kept.push(item);
    else corrected.set(ref, [...(corrected.get(ref) ?? []), item]);
  }
  let netted = 0;
  const folded = kept.flatMap((item) => {
    const corrections = corrected.get(item.ref);
    if (!corrections) return [item];
    const amount = corrections.reduce(
      (total, correction) => total + BigInt(correction.amount),
      BigInt(item.amount),
    );
    if (amount !== 0n) return [{ ...item, amount: amount.toString() }];
    netted += 1 + corrections.length;
    return [];
  });
  return { items: folded, netted };
}
