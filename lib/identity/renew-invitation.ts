import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { lacksScope, type Actor } from './actor.ts';
import { newToken, hashToken } from './hash-token.ts';
import { enrolmentLink, invitationLifetimeMs, type NewLink } from './invite-operator.ts';

const renewal = z.strictObject({ operator: personId });

/**
 * Makes a new enrolment link for somebody invited who has not finished, and ends the one before.
 * Keys registered so far are taken back: nobody can tell who held the old link.
 */
export async function renewInvitation(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<NewLink>> {
  const refused = lacksScope(actor, 'operator:invite');
  if (refused) return refused;
  const form = renewal.safeParse(input);
  if (!form.success) return refuse('form-invalid', 'Choose a person who was invited.');
  const operatorId = form.data.operator;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    // The same rows that enrolment locks, so that a key being registered is either seen or refused.
    await tx.$queryRaw`select 1 from invitation where operator_id = ${operatorId} for update`;
    const operator = await tx.operator.findUnique({ where: { id: operatorId } });
    if (operator?.status !== 'invited')
      return refuse('operator-not-invited', 'This person does not wait for an enrolment link.');
    await tx.invitation.updateMany({ where: { operatorId, usedAt: null }, data: { usedAt: now } });
    const { count: keysRemoved } = await tx.credential.updateMany({
      where: { operatorId, status: 'pending' },
      data: { status: 'revoked' },
    });
    const token = newToken();
    const expiresAt = new Date(now.getTime() + invitationLifetimeMs);
    await tx.invitation.create({
      data: {
        id: randomUUID(),
        tokenHash: hashToken(token),
        operatorId,
        invitedBy: actor.personId,
        createdAt: now,
        expiresAt,
      },
    });
    await appendAudit(tx, {
      kind: 'invitation-renewed',
      subject: operatorId,
      actor: actor.personId,
      at: now,
      facts: { keysRemoved },
    });
    await publish(tx, { topic: 'operators', id: operatorId });
    const link = enrolmentLink(context.settings.origin, token);
    return ok({ operatorId, link, expiresAt: expiresAt.toISOString() });
  });
}
