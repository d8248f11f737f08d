import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { liabilityProof, type LiabilityProof } from '#lib/protocol/reserves.ts';
import { composeProofs } from './compose-proofs.ts';
import { findAsked, type AskedProof } from './find-asked.ts';

/** Balances of a snapshot up to which a proof is made while somebody waits: two seconds on two busy cores. */
export const AT_ONCE_MAX = 5_000;

/**
 * One client's proof: built anew from the books and the seed where that takes no time, and otherwise the one
 * that the worker made. Refused by `proof-not-made` until then. That it was read is in the audit trail,
 * because it says what the client was owed.
 * @param atOnceMax balances up to which it is built here.
 */
export async function viewClientProof(
  actor: Actor,
  of: AskedProof,
  { db, clock }: Context,
  atOnceMax = AT_ONCE_MAX,
): Promise<Result<LiabilityProof>> {
  const asked = await findAsked(actor, of, { db });
  if (!asked.ok) return asked;
  const { snapshot, client } = asked.value;
  const proof =
    snapshot.balances <= atOnceMax
      ? (await composeProofs(db, snapshot, [client])).get(client)
      : await keptProof(snapshot.id, client, db);
  if (!proof)
    return refuse('proof-not-made', 'The worker has not made this proof yet. Ask for it.');
  const now = clock();
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      kind: 'snapshot-proof-read',
      subject: snapshot.id,
      actor: actor.personId,
      at: now,
      facts: { client },
    }),
  );
  return ok(proof);
}

async function keptProof(
  snapshotId: string,
  clientId: string,
  db: Context['db'],
): Promise<LiabilityProof | null> {
  const kept = await db.clientProof.findUnique({
    where: { snapshotId_clientId: { snapshotId, clientId } },
    select: { document: true },
  });
  return kept?.document ? liabilityProof.parse(JSON.parse(kept.document)) : null;
}
