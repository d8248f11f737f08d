import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Outgoing } from '#lib/mpc/client/cold-documents.ts';
import { writeGenesis } from '#lib/mpc/client/cold-founding.ts';
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { loadGenesisBundle } from './genesis-bundle.ts';
import { latestGenesis } from './latest-genesis.ts';

const form = z.strictObject({ name: slug });

/**
 * Writes the signed genesis as a document for one cold party in it. One that pinned before refuses
 * it; when it is carried is for people to say, and genesis does not wait for it. Nothing is recorded,
 * since the document says nothing that every founder has not signed.
 */
export async function writeGenesisToCarry(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<Outgoing>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const asked = form.safeParse(input);
  const row = await latestGenesis(context.db);
  if (!row || (row.state !== 'signed' && row.state !== 'pinned'))
    return refuse('genesis-incomplete', 'Not every founder has signed the document yet.');
  const bundle = await loadGenesisBundle(row, context.db);
  const { organisation, environment, roster } = bundle.document;
  const party = roster.parties.find(({ name, cold }) => cold === true && name === asked.data?.name);
  if (!party) return refuse('form-invalid', 'The document has no cold party of this name.');
  const written = writeGenesis(
    { organisation, environment },
    { to: party.name, bundle, now: context.clock() },
  );
  return written.ok
    ? ok(written.value)
    : refuse(written.refusal, coldRefusalSentence(written.refusal));
}
