import type { Item } from './item.ts';

const journalOf = (ref: string): string | null => /^journal:(\d+):/.exec(ref)?.[1] ?? null;

/**
 * A correction belongs to what it corrects: the two are one movement of what is left. Where nothing is left,
 * neither has another side to be found.
 * @returns the items with corrections taken into them, and how many vanished because nothing was left.
 */
export function foldCorrections(items: readonly Item[]): { items: Item[]; netted: number } {
  const first = new Map<string, string>();
  for (const { ref, corrects } of items) {
    const journal = journalOf(ref);
    if (corrects === null && journal !== null && !first.has(journal)) first.set(journal, ref);
  }
  const corrected = new Map<string, Item[]>();
  const kept: Item[] = [];
  for (const item of items) {
    const target = item.corrects === null ? undefined : first.get(item.corrects);
    if (target === undefined) kept.push(item);
    else corrected.set(target, [...(corrected.get(target) ?? []), item]);
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
