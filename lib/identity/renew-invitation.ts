import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { lacksScope, type Actor } from './actor.ts';
import { createLink, enrolmentLink, type NewLink } from './invite-operator.ts';

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
  return inTransaction(context.db, (tx) =>
    replaceLink(tx, { operatorId: form.data.operator, renewedBy: actor.personId }, context),
  );
}

/** The renewal itself, for callers who may. @param of.renewedBy null for the installation itself. */
export async function replaceLink(
  tx: Tx,
  { operatorId, renewedBy }: { operatorId: string; renewedBy: string | null },
  context: Context,
): Promise<Result<NewLink>> {
  const now = context.clock();
  // The same rows that enrolment locks, so that a key being registered is either seen or refused.
  await tx.$queryRaw`select 1 from invitation where operator_id = ${operatorId} for update`;
  const operator = await tx.operator.findUnique({ where: { id: operatorId } });
  if (operator?.status !== 'invited')
    return refuse('operator-not-invited', 'This person does not wait for an enrolment link.');
  const keysRemoved = await endEnrolment(tx, operatorId, now);
  const { token, expiresAt } = await createLink(tx, { operatorId, invitedBy: renewedBy }, now);
  await appendAudit(tx, {
    kind: 'invitation-renewed',
    subject: operatorId,
    actor: renewedBy ?? 'system',
    at: now,
    facts: { keysRemoved },
  });
  await publish(tx, { topic: 'operators', id: operatorId });
  const link = enrolmentLink(context.settings.origin, token);
  return ok({ operatorId, link, expiresAt: expiresAt.toISOString() });
}

/**
 * Ends a person's links and takes back the keys that wait for the roster.
 * @returns how many keys that were.
 */
export async function endEnrolment(tx: Tx, operatorId: string, now: Date): Promise<number> {
  await tx.invitation.updateMany({ where: { operatorId, usedAt: null }, data: { usedAt: now } });
  const { count } = await tx.credential.updateMany({
    where: { operatorId, status: 'pending' },
    data: { status: 'revoked' },
  });
  return count;
}
