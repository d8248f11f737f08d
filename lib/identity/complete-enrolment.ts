import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lockInvitation } from './enrolment.ts';

/** Keys a person needs before they are offered to the roster. */
export const keysNeeded = (mode: 'sandbox' | 'production'): number =>
  mode === 'production' ? 2 : 1;

/** Ends the use of an enrolment link: the person's keys now wait for a roster operation. */
export async function completeEnrolment(
  token: unknown,
  context: Context,
): Promise<Result<{ operatorId: string }>> {
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const invitation = await lockInvitation(tx, token, now);
    if (!invitation.ok) return invitation;
    const { operator, id } = invitation.value;
    const needed = keysNeeded(context.settings.mode);
    if (operator.credentials.length < needed)
      return refuse(
        'too-few-keys',
        `Register at least ${needed === 1 ? 'one key' : `${needed} keys`} first.`,
      );
    await tx.invitation.update({ where: { id }, data: { usedAt: now } });
    await tx.operator.update({ where: { id: operator.id }, data: { status: 'pending' } });
    await appendAudit(tx, {
      kind: 'enrolment-completed',
      subject: operator.id,
      actor: operator.id,
      at: now,
      facts: { keys: operator.credentials.length },
    });
    await publish(tx, { topic: 'operators', id: operator.id });
    return ok({ operatorId: operator.id });
  });
}
