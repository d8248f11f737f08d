/** When one address can be taken for another by a person who compares. Pure. */

/** So many characters at an end are what people look at, and what can be made to order. */
export const endLength = 4;
/** Up to so many places changed, left out or put in are a slip or a disguise, never chance. */
export const fewPlaces = 4;

export type Likeness = 'both-ends' | 'beginning' | 'end' | 'few-places';

/** How two addresses are alike, the closest likeness first; null when they are not or are the same. */
export function findLikeness(one: string, other: string): Likeness | null {
  if (one === other) return null;
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
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[other.length] ?? 0) <= limit;
}
