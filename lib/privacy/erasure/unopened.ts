/** Rows that an erasure could not read, counted by table, as its proof names them. Pure. */
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import type { FoundPlace } from './phases.ts';

/** How many rows of each table could not be read. */
export function countByTable(broken: readonly Pick<BrokenRow, 'table'>[]): FoundPlace[] {
  const counts = new Map<string, number>();
  for (const { table } of broken) counts.set(table, (counts.get(table) ?? 0) + 1);
  return [...counts].map(([where, count]) => ({ where, count }));
}

/** Counts of looks at different rows. */
export const addPlaces = (
  before: readonly FoundPlace[],
  more: readonly FoundPlace[],
): FoundPlace[] => joined(before, more, (one, other) => one + other);

/** Counts of looks at the same rows: a row that one of them could not read is named, and none is counted twice. */
export const mostOfPlaces = (
  before: readonly FoundPlace[],
  more: readonly FoundPlace[],
): FoundPlace[] => joined(before, more, Math.max);

function joined(
  before: readonly FoundPlace[],
  more: readonly FoundPlace[],
  join: (one: number, other: number) => number,
): FoundPlace[] {
  const counts = new Map(before.map(({ where, count }) => [where, count]));
  for (const { where, count } of more) counts.set(where, join(counts.get(where) ?? 0, count));
  return [...counts]
    .map(([where, count]) => ({ where, count }))
    .toSorted((one, other) => (one.where < other.where ? -1 : 1));
}
