import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

/** Each builds a tree over every client. */
const requestsMax = 12;
const hourMs = 3_600_000;

/** Asks for a snapshot of reserves and liabilities; the worker makes it within a minute or so. */
export async function requestSnapshot(
  actor: Actor,
  context: Context,
): Promise<Result<{ snapshot: string }>> {
  const refused = lacksScope(actor, 'proof:request');
  if (refused) return refused;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    // Two who ask at once are counted one after the other.
    await lockNamed(tx, 'snapshot requests');
    const since = new Date(now.getTime() - hourMs);
    const open = await tx.snapshotRequest.findFirst({
      where: { snapshot: null, failure: null },
      select: { id: true },
    });
    if (open)
      return refuse(
        'snapshot-under-way',
        'A snapshot was asked for and is being made. Wait until it is here.',
      );
    // What is dated ahead was not asked for lately, and would count for good.
    const lately = await tx.snapshotRequest.count({
      where: { requestedAt: { gt: since, lte: now } },
    });
    if (lately >= requestsMax)
      return refuse(
        'snapshots-too-many',
        `${requestsMax} snapshots were made in the last hour. Take the newest one, or wait before you ask for another.`,
      );
    const id = randomUUID();
    await tx.snapshotRequest.create({
      data: { id, requestedBy: actor.personId, requestedAt: now },
    });
    await appendAudit(tx, {
      kind: 'snapshot-requested',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: {},
    });
    await publish(tx, { topic: 'proofs', id });
    return ok({ snapshot: id });
  });
}
