/**
 * Counts failed tries, so that whoever guesses without end gets one constant answer. A right try is
 * taken at any time: nobody's wrong ones may shut out the person who has to stop something.
 */

/** In milliseconds. */
const WINDOW = 60_000;
const FAILED_MAX = 30;

export type Tries = {
  /** @returns whether there were too many failed ones already, this one not counted. */
  failed(now: number): boolean;
};

export function countTries(): Tries {
  let since = 0;
  let count = 0;
  return {
    failed(now) {
      if (Math.abs(now - since) >= WINDOW) {
        since = now;
        count = 0;
      }
      count += 1;
      return count > FAILED_MAX;
    },
  };
}
