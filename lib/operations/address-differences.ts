/** Where two addresses differ, place by place, as a person compares them. Pure. */

/** What stands in one address where something else, or nothing, stands in the other. */
export type Difference = {
  /** Index of its first character in the one address. */
  at: number;
  /** Empty where the other address has more. */
  here: string;
  /** The same of the other address. */
  otherAt: number;
  there: string;
};

/** Up to so many places changed, left out or put in are a slip or a disguise, never chance. */
export const fewPlaces = 4;

/**
 * The places in which two short texts differ, from the left. Texts that are the same but for case
 * are compared place by place; those a few edits apart along the fewest edits (Levenshtein); others
 * differ in all that stands between the characters with which both begin and both end.
 */
export function findDifferences(one: string, other: string): Difference[] {
  if (one === other) return [];
  if (one.toLowerCase() === other.toLowerCase() && one.length === other.length)
    return placeByPlace(one, other);
  if (Math.abs(one.length - other.length) > fewPlaces) return [between(one, other)];
  const counts = editCounts(one, other);
  return (counts.at(-1)?.at(-1) ?? 0) > fewPlaces
    ? [between(one, other)]
    : alongEdits(one, other, counts);
}

/** How many single-character edits lead from each beginning of one text to each of the other. */
export function editCounts(one: string, other: string): number[][] {
  const counts = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const above = counts[i - 1] ?? [];
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    counts.push(row);
  }
  return counts;
}

/** Joins what touches, so that three changed characters in a row are one place. */
function joined(edits: readonly Difference[]): Difference[] {
  const places: Difference[] = [];
  for (const { at, here, otherAt, there } of edits) {
    const last = places.at(-1);
    if (last && last.at + last.here.length === at && last.otherAt + last.there.length === otherAt) {
      last.here += here;
      last.there += there;
    } else places.push({ at, here, otherAt, there });
  }
  return places;
}

const placeByPlace = (one: string, other: string): Difference[] =>
  joined(
    Array.from(one, (here, at) => ({ at, here, otherAt: at, there: other.charAt(at) })).filter(
      ({ here, there }) => here !== there,
    ),
  );

/** Walks back from the ends along the fewest edits; a changed character comes before a moved one. */
function alongEdits(one: string, other: string, counts: readonly number[][]): Difference[] {
  const count = (i: number, j: number): number => counts[i]?.[j] ?? Infinity;
  const edits: Difference[] = [];
  let [i, j] = [one.length, other.length];
  while (i > 0 || j > 0) {
    const isSame = i > 0 && j > 0 && one[i - 1] === other[j - 1];
    if (isSame && count(i, j) === count(i - 1, j - 1)) [i, j] = [i - 1, j - 1];
    else {
      const [di, dj] =
        i > 0 && j > 0 && count(i, j) === count(i - 1, j - 1) + 1
          ? [1, 1]
          : i > 0 && count(i, j) === count(i - 1, j) + 1
            ? [1, 0]
            : [0, 1];
      [i, j] = [i - di, j - dj];
      edits.push({ at: i, here: one.slice(i, i + di), otherAt: j, there: other.slice(j, j + dj) });
    }
  }
  return joined(edits.toReversed());
}

function between(one: string, other: string): Difference {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  let ends = 0;
  while (ends < most - at && one.at(-1 - ends) === other.at(-1 - ends)) ends += 1;
  return {
    at,
    here: one.slice(at, one.length - ends),
    otherAt: at,
    there: other.slice(at, other.length - ends),
  };
}
