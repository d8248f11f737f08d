import { randomBytes, randomUUID } from 'node:crypto';
import { base32nopad } from '@scure/base';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { group, role } from '#lib/protocol/roster.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { lacksScope, type Actor } from './actor.ts';
import { hashToken, newToken } from './hash-token.ts';

/** An enrolment link works for this long. */
export const invitationLifetimeMs = 24 * 3_600_000;

export const invitationForm = z.strictObject({
  displayName: textField(textRules.personName),
  roles: z
    .array(role, 'Choose at least one role.')
    .min(1, 'Choose at least one role.')
    .max(5)
    .refine((roles) => new Set(roles).size === roles.length, 'Name each role once.'),
  group: group.nullable(),
});
export type InvitationForm = z.infer<typeof invitationForm>;

/** Why these roles cannot go with this group, or null when they can. */
export const findGroupFault = ({ roles, group: own }: InvitationForm): string | null =>
  own !== null && !roles.includes('officer')
    ? 'Only a custody officer can act for a group. Add that role or choose no group.'
    : null;

/** A new pseudonymous person id: 50 random bits in lower-case base32. */
export function newPersonId(): string {
  return `p-${base32nopad.encode(randomBytes(7)).toLowerCase().slice(0, 10)}`;
}

/**
 * Creates the person and the one-time link. The token is in the answer only; the database keeps
 * its hash.
 */
export async function createInvitation(
  tx: Tx,
  form: InvitationForm,
  invitedBy: string | null,
  now: Date,
): Promise<{ operatorId: string; token: string; expiresAt: Date }> {
  const operatorId = newPersonId();
  await tx.operator.create({
    data: {
      id: operatorId,
      roles: form.roles,
      group: form.group,
      status: 'invited',
      createdAt: now,
    },
  });
  await writePerson(
    tx,
    { id: operatorId, values: { 'full-name': form.displayName } },
    { by: invitedBy ?? 'system', at: now, source: 'invitation' },
  );
  const { token, expiresAt } = await createLink(tx, { operatorId, invitedBy }, now);
  await appendAudit(tx, {
    kind: 'operator-invited',
    subject: operatorId,
    actor: invitedBy ?? 'system',
    at: now,
    facts: { roles: form.roles.join(' '), group: form.group },
  });
  await publish(tx, { topic: 'operators', id: operatorId });
  return { operatorId, token, expiresAt };
}

/** The one-time link itself; the caller writes the audit entry. */
export async function createLink(
  tx: Tx,
  of: { operatorId: string; invitedBy: string | null },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + invitationLifetimeMs);
  await tx.invitation.create({
    data: { id: randomUUID(), tokenHash: hashToken(token), ...of, createdAt: now, expiresAt },
  });
  return { token, expiresAt };
}

/** A link for one person; it can be shown once only. `expiresAt` is an ISO instant. */
export type NewLink = { operatorId: string; link: string; expiresAt: string };

/** Invites a person by link. They count only once a roster operation has admitted their keys. */
export async function inviteOperator(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<NewLink>> {
  const refused = lacksScope(actor, 'operator:invite');
  if (refused) return refused;
  const form = invitationForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Check the form.');
  const unfit = findGroupFault(form.data);
  if (unfit) return refuse('form-invalid', unfit);
  const created = await inTransaction(context.db, (tx) =>
    createInvitation(tx, form.data, actor.personId, context.clock()),
  );
  return ok({
    operatorId: created.operatorId,
    link: enrolmentLink(context.settings.origin, created.token),
    expiresAt: created.expiresAt.toISOString(),
  });
}

/** The token stands behind `#`, so it reaches no server log, proxy or Referer header. */
export const enrolmentLink = (origin: string, token: string): string => `${origin}/enrol#${token}`;
