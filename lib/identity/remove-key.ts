import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { lockInvitation } from './enrolment.ts';

const removal = z.strictObject({ token: z.string().max(100), credential: base64url.max(1400) });

/**
 * Takes a key back that was registered under an enrolment link not yet finished: one pressed by
 * mistake, or one that the person does not know. It stays on record and never counts.
 */
export async function removeKey(form: unknown, context: Context): Promise<Result<null>> {
  const parsed = removal.safeParse(form);
  if (!parsed.success) return refuse('form-invalid', 'Choose one of the keys on this page.');
  const { token, credential } = parsed.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const invitation = await lockInvitation(tx, token, now);
    if (!invitation.ok) return invitation;
    const { operator } = invitation.value;
    if (!operator.credentials.some(({ id }) => id === credential))
      return refuse('key-unknown', 'This key is not on this page any more. Reload it.');
    await tx.credential.update({ where: { id: credential }, data: { status: 'revoked' } });
    await appendAudit(tx, {
      kind: 'key-removed',
      subject: operator.id,
      actor: operator.id,
      at: now,
      facts: { credential },
    });
    await publish(tx, { topic: 'operators', id: operator.id });
    return ok(null);
  });
}
