/** When one address can be taken for another by a person who compares. Pure. */
import { editCounts, fewPlaces } from './address-differences.ts';

/** So many characters at an end are what people look at, and what can be made to order. */
export const endLength = 4;

/**
 * The closest first. `case` is the same text in other capitals: a checksum of the chain tells the
 * two apart, an eye does not.
 */
export const likenesses = ['case', 'few-places', 'both-ends', 'beginning', 'end'] as const;
export type Likeness = (typeof likenesses)[number];

/** How two addresses are alike, by the closest likeness; null when they are not or are the same. */
export function findLikeness(one: string, other: string): Likeness | null {
  if (one === other) return null;
  if (one.toLowerCase() === other.toLowerCase()) return 'case';
  if (isWithin(one, other, fewPlaces)) return 'few-places';
  const begins = one.slice(0, endLength) === other.slice(0, endLength);
  const ends = one.slice(-endLength) === other.slice(-endLength);
  if (begins && ends) return 'both-ends';
  return begins ? 'beginning' : ends ? 'end' : null;
}

/**
 * Pieces of an address of which one at least stands whole in every text that differs from it in
 * few places, since each changed place spoils one piece only. For finding candidates in a database.
 */
export function piecesOf(address: string): string[] {
  const count = fewPlaces + 1;
  const cut = (index: number): number => Math.floor((index * address.length) / count);
  return Array.from({ length: count }, (_, index) => address.slice(cut(index), cut(index + 1)));
}

/** Whether two short texts are at most `limit` single-character edits apart (Levenshtein). */
function isWithin(one: string, other: string, limit: number): boolean {
  if (Math.abs(one.length - other.length) > limit) return false;
  return (editCounts(one, other).at(-1)?.at(-1) ?? 0) <= limit;
}
