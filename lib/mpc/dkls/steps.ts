/** Work in small steps, so that a party can answer others between two of them. */

/**
 * Pauses between pieces of work of a few milliseconds; ends with the result. Nothing happens before
 * the first step, and one that is left unfinished leaves its secrets to the garbage collector.
 */
export type Steps<T> = Generator<void, T, void>;

/** Everything at once: for threads with nothing else to do. */
export function finishNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
