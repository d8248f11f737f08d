/** Waits until the console says of itself that everything works. */
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from './problem.ts';

const EVERY_MS = 250;
const ANSWER_MS = 5_000;

/**
 * @throws Problem with the console's own words when it is not healthy in time
 */
export async function waitUntilHealthy(options: {
  port: number;
  withinMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const url = `http://127.0.0.1:${options.port}/api/health`;
  const deadline = Date.now() + options.withinMs;
  let last = 'no answer';
  while (!options.signal.aborted) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
      last = (await response.text()).slice(0, 2_000);
      if (response.status === 200) return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() >= deadline)
      throw new Problem(`The console runs, but is not healthy. ${url} says:\n    ${last}`);
    await delay(EVERY_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}
