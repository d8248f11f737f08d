import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { draftGenesis } from './draft-genesis.ts';

/**
 * Draws up the genesis document for a founder: asks every party for its identity keys and takes
 * the founders who have registered. Their numbers follow the order of the configuration.
 */
export async function drawUpGenesis(
  actor: Actor,
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<{ digest: string }>> {
  const refused = lacksScope(actor, 'roster:raise');
  if (refused) return refused;
  const asked = await askParties(parties, context);
  if (!asked.ok) return asked;
  const drafted = await draftGenesis(asked.value, context, actor.personId);
  return drafted.ok ? ok({ digest: drafted.value.digest }) : drafted;
}

async function askParties(
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<RosterParty[]>> {
  const answers = await Promise.all(
    parties.map(async (party) => ({ party, answer: await partyStatus(party) })),
  );
  const members: RosterParty[] = [];
  for (const [place, { party, answer }] of answers.entries()) {
    if (!answer.ok)
      return refuse(
        'party-not-ready',
        `Every party has to run while the document is drawn up. Party ${party.name}: ${refusalSentence(answer.refusal)}`,
      );
    const { name, group, mode, identityKey, exchangeKey, genesisDigest } = answer.value;
    if (name !== party.name || mode !== context.settings.mode)
      return refuse(
        'party-differs',
        `What answers at the address of party ${party.name} is party ${name} of a ${mode} installation. Look at its configuration.`,
      );
    // A party that has pinned a document takes no other, so a new draft could never be finished.
    if (genesisDigest !== null)
      return refuse(
        'genesis-pinned',
        `Party ${name} has already pinned a genesis document. It stays as it is; a party pins once.`,
      );
    const { origin } = party;
    members.push({ name, group, index: place + 1, identityKey, exchangeKey, origin });
  }
  return ok(members);
}
