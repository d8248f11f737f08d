import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { lacksScope, type Actor } from './actor.ts';
import { endAccess } from './end-access.ts';
import { stopReason } from './stop-reason-form.ts';

const ending = z.strictObject({ operator: personId, reason: stopReason });

/** Ends all of a person's open sessions. They can sign in again: their keys go on counting. */
export async function endPersonSessions(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ sessionsEnded: number }>> {
  const refused = lacksScope(actor, 'operator:stop');
  if (refused) return refused;
  const form = ending.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose a person and a reason.');
  const { operator: id, reason } = form.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    if (!(await tx.operator.findUnique({ where: { id }, select: { id: true } })))
      return refuse('operator-unknown', 'There is no such person here.');
    const sessionsEnded = await endAccess(
      tx,
      { personId: id, by: actor.personId, reason: 'ended-by-colleague' },
      now,
    );
    await appendAudit(tx, {
      kind: 'sessions-ended',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { reason, sessionsEnded },
    });
    await publish(tx, { topic: 'operators', id });
    return ok({ sessionsEnded });
  });
}
