/** Begins again what a party lost in a restart, or what mends itself in a moment. */
import { isInterruption, isOfPeers } from './benign.ts';
import type { PartyAnswer } from './party-client.ts';

/** How often something is begun within one call. */
const TRIES = 3;

/** Parties tell each other how far they have come about once a second; in milliseconds. */
const WORD_PAUSE = 1_200;

export async function tryAgain<T>(run: () => Promise<PartyAnswer<T>>): Promise<PartyAnswer<T>> {
  let outcome = await run();
  for (let tries = 1; tries < TRIES && !outcome.ok && isInterruption(outcome.refusal); tries += 1) {
    if (isOfPeers(outcome.refusal)) await new Promise((resolve) => setTimeout(resolve, WORD_PAUSE));
    outcome = await run();
  }
  return outcome;
}
