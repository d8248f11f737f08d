import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { writeGenesis } from '#lib/mpc/client/cold-founding.ts';
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Outgoing } from '#lib/mpc/client/cold-documents.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { loadGenesisBundle } from './genesis-bundle.ts';
import { latestGenesis } from './latest-genesis.ts';

/** A document to take to a cold party, as a file or as codes. */
export type GenesisToCarry = Outgoing;

/**
 * The signed genesis as a document for each cold party in it. One that pinned before refuses it; when
 * it is carried is for people to say, and genesis does not wait for it.
 */
export async function viewGenesisToCarry(
  actor: Actor,
  context: Context,
): Promise<Result<GenesisToCarry[]>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const row = await latestGenesis(context.db);
  if (!row || (row.state !== 'signed' && row.state !== 'pinned')) return ok([]);
  const bundle = await loadGenesisBundle(row, context.db);
  const { organisation, environment, roster } = bundle.document;
  const documents: GenesisToCarry[] = [];
  for (const { name, cold } of roster.parties) {
    if (cold !== true) continue;
    const written = writeGenesis(
      { organisation, environment },
      { to: name, bundle, now: context.clock() },
    );
    if (!written.ok) return refuse(written.refusal, coldRefusalSentence(written.refusal));
    documents.push(written.value);
  }
  return ok(documents);
}
