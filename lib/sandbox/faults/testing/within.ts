/** Waiting with a bound. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until all of `wanted` are settled.
 * @param besides what goes on meanwhile; a failure of it is the reason that is given.
 */
export async function within(
  ms: number,
  what: string,
  wanted: readonly Promise<unknown>[],
  besides: readonly Promise<unknown>[] = [],
): Promise<void> {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`Not within ${ms / 1000} s: ${what}`);
  });
  const failed = Promise.all(besides).then(() => new Promise<never>(() => undefined));
  try {
    await Promise.race([Promise.all(wanted), late, failed]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
