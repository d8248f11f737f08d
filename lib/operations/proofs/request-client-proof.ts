import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findAsked, type AskedProof } from './find-asked.ts';
import { proofFaults } from './proof-faults.ts';

/** Of everybody together: one pass makes all that wait for one snapshot. */
const waitingMax = 200;
/** So many of one person wait that the others can ask, too. */
const waitingOfOneMax = 50;
/** Rows there are, made ones with them: they are kept for days. */
const keptMax = 5_000;

/**
 * Asks the worker for one client's proof. Asked for again it is the same request, whoever asks.
 * @returns since when it waits, or null where it is made.
 */
export async function requestClientProof(
  actor: Actor,
  of: AskedProof,
  context: Context,
): Promise<Result<{ waitsSince: string | null }>> {
  const asked = await findAsked(actor, of, context);
  if (!asked.ok) return asked;
  const { snapshot, client: clientId } = asked.value;
  const [now, by] = [context.clock(), actor.personId];
  return inTransaction(context.db, async (tx) => {
    // Two who ask at once are counted one after the other.
    await lockNamed(tx, 'client proofs');
    const key = { snapshotId: snapshot.id, clientId };
    const there = await tx.clientProof.findUnique({
      where: { snapshotId_clientId: key },
      select: { requestedAt: true, endedAt: true, fault: true },
    });
    if (there?.fault) return refuse('proof-failed', proofFaults(there.fault));
    if (there) return ok({ waitsSince: there.endedAt ? null : there.requestedAt.toISOString() });
    const waiting = await tx.clientProof.count({ where: { endedAt: null } });
    const own = await tx.clientProof.count({ where: { endedAt: null, requestedBy: by } });
    if (waiting >= waitingMax || own >= waitingOfOneMax)
      return refuse(
        'proofs-too-many',
        'Many proofs are being made. Ask for this one again when some of them are here.',
      );
    if ((await tx.clientProof.count()) >= keptMax)
      return refuse(
        'proofs-kept-too-many',
        `${keptMax} proofs were made lately, and each is kept for a week. Ask again when some of them are gone.`,
      );
    await tx.clientProof.create({
      data: { ...key, requestedBy: by, requestedAt: now },
      select: { clientId: true },
    });
    await appendAudit(tx, {
      kind: 'snapshot-proof-requested',
      subject: snapshot.id,
      actor: by,
      at: now,
      facts: { client: clientId },
    });
    await publish(tx, { topic: 'proofs', id: snapshot.id });
    return ok({ waitsSince: now.toISOString() });
  });
}
