/** The parties as the web server reaches them: to look at them, never to have them sign. */
import { connectParty, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { webEnvironment } from '#lib/platform/env.ts';

/** Short: a page is drawn with what is known when a party does not answer. */
const timeoutMs = 2_000;

let parties: readonly PartyClient[] | null = null;

export function listParties(): readonly PartyClient[] {
  parties ??= webEnvironment().parties.map((party) => connectParty(party, { timeoutMs }));
  return parties;
}
