/**
 * One answer for everybody who asks while it is being made, and for `keptMs` after it came; a
 * failure goes to those who waited for it and is not kept.
 * @param ask must settle within a limit of its own: until then nobody gets another answer.
 * @param now milliseconds of a clock that only goes forward.
 */
export function sharedAnswer<T>(
  ask: () => Promise<T>,
  keptMs: number,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let current: Promise<T> | null = null;
  let keptUntil = Number.POSITIVE_INFINITY;
  return () => {
    if (current && now() < keptUntil) return current;
    keptUntil = Number.POSITIVE_INFINITY;
    const asked = ask();
    current = asked;
    asked.then(
      () => {
        keptUntil = now() + keptMs;
      },
      () => {
        current = null;
      },
    );
    return asked;
  };
}
