import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';

/** Names of the parties that do not answer now, of those named; a key ceremony needs every one. */
export async function listPartiesAway(
  parties: readonly PartyClient[],
  names: readonly string[],
): Promise<string[]> {
  const asked = await Promise.all(
    parties
      .filter(({ name }) => names.includes(name))
      .map(async (party) => ({ name: party.name, answer: await partyStatus(party) })),
  );
  return asked.filter(({ answer }) => !answer.ok).map(({ name }) => name);
}
