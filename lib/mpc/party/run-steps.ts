/** Long work in the event loop: others are answered in between. */
import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../dkls/steps.ts';

/** How long one turn may take before others have theirs, in milliseconds; a step is a few of them. */
const TURN_MS = 6;

/** Does the work to its end. Whatever it rests on may have changed meanwhile: the caller looks again. */
export async function runSteps<T>(steps: Steps<T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
