import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { lacksScope, type Actor } from './actor.ts';
import { endAccess } from './end-access.ts';
import { isLastAdministrator, lockAdministrators, refuseUnknowing } from './last-administrator.ts';
import { stopReason } from './stop-reason-form.ts';

const stopping = z.strictObject({
  credential: base64url.max(1400),
  reason: stopReason,
  /** True when the one who stops it knows that it takes the last administrator away. */
  lastAdministrator: z.boolean(),
});

/**
 * Ends the use of a key in the console at once, with the sessions opened with it. Parties go on
 * counting it until a roster change says otherwise; nothing here can tell them.
 */
export async function stopKey(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ sessionsEnded: number }>> {
  const refused = lacksScope(actor, 'operator:stop');
  if (refused) return refused;
  const form = stopping.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose a key and a reason.');
  const { credential: id, reason, lastAdministrator } = form.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockAdministrators(tx);
    // A key press checked at this moment is either before the stop or refused by it.
    await tx.$queryRaw`select 1 from credential where id = ${id} for no key update`;
    const key = await tx.credential.findUnique({ where: { id } });
    if (!key) return refuse('key-unknown', 'There is no such key here.');
    if (key.status === 'revoked')
      return refuse('key-stopped-already', 'This key does not count any more. Reload the page.');
    const personId = key.operatorId;
    const others = await tx.credential.count({
      where: { operatorId: personId, status: 'active', id: { not: id } },
    });
    const isLast = others === 0 && (await isLastAdministrator(tx, personId));
    if (isLast && !lastAdministrator) return refuseUnknowing();
    await tx.credential.update({ where: { id }, data: { status: 'revoked' } });
    const by = actor.personId;
    const sessionsEnded = await endAccess(
      tx,
      { personId, by, reason: 'key-stopped', credentialId: id },
      now,
    );
    await appendAudit(tx, {
      kind: 'key-stopped',
      subject: personId,
      actor: by,
      at: now,
      facts: { credential: id, reason, sessionsEnded, lastAdministrator: isLast },
    });
    await publish(tx, { topic: 'operators', id: personId });
    return ok({ sessionsEnded });
  });
}
