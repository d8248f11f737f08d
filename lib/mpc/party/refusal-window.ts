/**
 * Which refusals are written down one by one. Anyone who reaches the party can make it refuse, as
 * often and in as many ways as they like, and must not be able to fill its disk with that: the
 * first of each kind is kept, up to a number an hour, and the rest is counted.
 */

/** In milliseconds. */
const WINDOW = 3_600_000;
const KEPT_MAX = 64;

/** Memory only; a restart, which is in the record itself, begins a new hour. */
export type RefusalWindow = { since: number; kept: Set<string>; left: number };

export const newWindow = (): RefusalWindow => ({ since: 0, kept: new Set(), left: 0 });

/**
 * @param what everything that makes two refusals the same.
 * @returns whether this one is kept, and how many of the hour before were not.
 */
export function admit(
  window: RefusalWindow,
  what: string,
  now: number,
): { isKept: boolean; leftBefore: number } {
  let leftBefore = 0;
  if (Math.abs(now - window.since) >= WINDOW) {
    leftBefore = window.left;
    window.since = now;
    window.kept.clear();
    window.left = 0;
  }
  const isKept = window.kept.size < KEPT_MAX && !window.kept.has(what);
  if (isKept) window.kept.add(what);
  else window.left += 1;
  return { isKept, leftBefore };
}
