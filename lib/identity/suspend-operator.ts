import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { lacksScope, type Actor } from './actor.ts';
import { endAccess } from './end-access.ts';
import { isLastAdministrator, lockAdministrators, refuseUnknowing } from './last-administrator.ts';
import { endEnrolment } from './renew-invitation.ts';
import { stopReason } from './stop-reason-form.ts';

const suspension = z.strictObject({
  operator: personId,
  reason: stopReason,
  /** True when the one who suspends knows that it takes the last administrator away. */
  lastAdministrator: z.boolean(),
});

/**
 * Ends everything a person can do in the console at once: their sessions, their enrolment link, and
 * statements with any of their keys. Parties go on counting their keys until a roster change says
 * otherwise; nothing here can tell them.
 */
export async function suspendOperator(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ sessionsEnded: number }>> {
  const refused = lacksScope(actor, 'operator:stop');
  if (refused) return refused;
  const form = suspension.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose a person and a reason.');
  const { operator: id, reason, lastAdministrator } = form.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockAdministrators(tx);
    // The rows that enrolment locks, so that no key is registered or handed in beside the end of it.
    await tx.$queryRaw`select 1 from invitation where operator_id = ${id} for update`;
    const person = await tx.operator.findUnique({ where: { id } });
    if (!person) return refuse('operator-unknown', 'There is no such person here.');
    if (person.status === 'suspended')
      return refuse('suspended-already', 'This person is suspended already. Reload the page.');
    if ((await tx.rosterVersion.findFirst({ select: { version: true } })) === null)
      return refuse(
        'before-genesis',
        'Before genesis a founder is taken out with the founders command, where the console runs.',
      );
    const isLast = await isLastAdministrator(tx, id);
    if (isLast && !lastAdministrator) return refuseUnknowing();
    await tx.operator.update({ where: { id }, data: { status: 'suspended' } });
    const keysRemoved = await endEnrolment(tx, id, now);
    const by = actor.personId;
    const sessionsEnded = await endAccess(tx, { personId: id, by, reason: 'suspended' }, now);
    await appendAudit(tx, {
      kind: 'operator-suspended',
      subject: id,
      actor: by,
      at: now,
      facts: { reason, sessionsEnded, keysRemoved, lastAdministrator: isLast },
    });
    await publish(tx, { topic: 'operators', id });
    return ok({ sessionsEnded });
  });
}
