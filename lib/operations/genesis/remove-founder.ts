/** Takes a founder out before genesis: misnamed, invited for the wrong part, or without their keys. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { endAccess } from '#lib/identity/end-access.ts';
import { endEnrolment } from '#lib/identity/renew-invitation.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findFoundersClosed, isSameName, listFounders, type FoundersClosed } from './founders.ts';

/**
 * Ends the founder's link, keys and sessions. A document that names them takes no signatures any
 * more; the founders who are left draw it up again.
 */
export async function removeFounder(
  displayName: string,
  context: Context,
): Promise<Result<{ displayName: string }, FoundersClosed | 'founder-unknown'>> {
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const found = (await listFounders(tx)).find((founder) =>
      isSameName(founder.displayName, displayName),
    );
    if (!found) return refuse('founder-unknown', 'There is no founder of this name.');
    // The same rows that enrolment locks, so that nobody finishes enrolling meanwhile.
    await tx.$queryRaw`select 1 from invitation where operator_id = ${found.id} for update`;
    const keysRemoved = await endEnrolment(tx, found.id, now);
    await tx.operator.update({ where: { id: found.id }, data: { status: 'suspended' } });
    const sessionsEnded = await endAccess(
      tx,
      { personId: found.id, by: 'system', reason: 'suspended' },
      now,
    );
    await appendAudit(tx, {
      kind: 'founder-removed',
      subject: found.id,
      actor: 'system',
      at: now,
      facts: { keysRemoved, sessionsEnded },
    });
    await publish(tx, { topic: 'operators', id: found.id });
    await publish(tx, { topic: 'genesis', id: found.id });
    return ok({ displayName: found.displayName });
  });
}
