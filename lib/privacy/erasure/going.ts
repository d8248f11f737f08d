/** Which of what is known of somebody goes by an erasure. Pure. */
import type { Erasure } from './erasure-row.ts';

type Version = { field: string; version: number };

/**
 * @param rows everything that is known of the person.
 * @returns whether a row goes: all of it, fields that are named, or of those what was corrected since.
 */
export const goingOf = <T extends Version>(
  { scope, fields }: Pick<Erasure, 'scope' | 'fields'>,
  rows: readonly T[],
): ((row: Version) => boolean) => {
  if (scope === 'whole') return () => true;
  const newest = new Map<string, number>();
  for (const { field, version } of rows)
    newest.set(field, Math.max(version, newest.get(field) ?? 0));
  return ({ field, version }) =>
    fields.includes(field) && (scope === 'part' || version < (newest.get(field) ?? version));
};
