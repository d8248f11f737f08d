/** What both ways to a client's proof ask first: who asks, of which snapshot, about whom. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientAt } from '#lib/ledger/position-at.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { reservesSnapshot } from '#lib/protocol/reserves.ts';
import { clientId, operationId } from '#lib/protocol/scalars.ts';
import { proofFaults } from './proof-faults.ts';

export type AskedProof = { snapshot: string; client: string };

type Asked = {
  snapshot: { id: string; document: string; digest: string; balances: number; seed: Uint8Array };
  client: string;
};

/**
 * The snapshot with its seed, and a client who is in it. Who makes clients' proofs may have them: each costs a pass over
 * all balances, and says what the client was owed.
 */
export async function findAsked(
  actor: Actor,
  of: AskedProof,
  { db }: Pick<Context, 'db'>,
): Promise<Result<Asked>> {
  const refused = lacksScope(actor, 'proof:request');
  if (refused) return refused;
  const client = clientId.safeParse(of.client);
  if (!client.success) return refuse('client-unknown', 'Enter a client number, such as C-20418.');
  const row = operationId.safeParse(of.snapshot).success
    ? await db.reservesSnapshot.findUnique({ where: { id: of.snapshot }, include: { seed: true } })
    : null;
  if (!row) return refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');
  if (!row.seed) return refuse('snapshot-seed-gone', proofFaults('seed-gone'));
  const { close } = reservesSnapshot.parse(JSON.parse(row.document));
  const lastJournal = BigInt(close.lastJournal);
  if ((await clientAt(db, { client: client.data, lastJournal })).length === 0)
    return refuse(
      'client-not-in-snapshot',
      'This client had no account with a movement by then, so there is nothing to prove.',
    );
  const { id, document, digest, clients: balances, seed } = row;
  return ok({
    snapshot: { id, document, digest, balances, seed: new Uint8Array(seed.seed) },
    client: client.data,
  });
}
