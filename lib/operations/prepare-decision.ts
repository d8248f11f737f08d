import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { sentenceOf } from '#lib/protocol/refusals.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { channelCode, reasonCode } from '#lib/protocol/statement.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { issueStatement, type StatementRequest } from './issue-statement.ts';
import { loadStanding } from './load-standing.ts';
import { beforeGenesis } from './prepare-raise.ts';
import { findDecisionRefusal } from './standing.ts';
import { loadTrust } from './trust.ts';

export const decisionForm = z.discriminatedUnion('decision', [
  z.strictObject({
    operation: operationId,
    revision: z.int(),
    decision: z.enum(['approve', 'cosign']),
    /** As typed from the page of the party of the person's group, where policy asks for it. */
    channelCode: z
      .string()
      .max(40)
      .transform((typed) => typed.replaceAll(/[\s-]/gu, '').toLowerCase())
      .refine((typed) => channelCode.safeParse(typed).success, {
        message:
          'The code of the second channel has eight letters and digits. Type it as the party shows it.',
      })
      .optional(),
  }),
  z.strictObject({
    operation: operationId,
    revision: z.int(),
    decision: z.enum(['reject', 'cancel']),
    reason: reasonCode,
    note: textField(textRules.note),
  }),
]);

export const changedUnderneath = () =>
  refuse(
    'operation-changed',
    'This operation changed while you had it open. Reload it and read it again before you act.',
  );

/**
 * Gives out the statement for a decision on an open operation. The revision is the one the person
 * has on screen: if the operation has moved since, they read it again first.
 */
export async function prepareDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<StatementRequest>> {
  const form = decisionForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Check the form.');
  const now = context.clock();
  const loaded = await loadStanding(context.db, form.data.operation, now);
  if (!loaded) return refuse('operation-unknown', 'There is no such operation.');
  const refusal = findDecisionRefusal(loaded.standing, actor, form.data.decision, now);
  if (refusal) return refusal;
  if (loaded.row.revision !== form.data.revision) return changedUnderneath();
  const code = 'channelCode' in form.data ? form.data.channelCode : undefined;
  const isYes = form.data.decision === 'approve' || form.data.decision === 'cosign';
  if (isYes && loaded.standing.secondChannel && code === undefined)
    return refuse('channel-code-missing', sentenceOf('channel-code-missing'));
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const reason =
    'note' in form.data
      ? { code: form.data.reason, text: form.data.note, ...commit(form.data.note) }
      : null;
  return issueStatement(
    actor,
    {
      intent: intentSchema.parse(JSON.parse(loaded.row.intent)),
      decision: form.data.decision,
      attempt: loaded.row.attempt,
      reason: reason && { code: reason.code, noteCommitment: reason.commitment },
      note: reason && { text: reason.text, salt: reason.salt },
      // A code that nobody asked for says nothing, and would only be one more thing to get wrong.
      channelCode: loaded.standing.secondChannel ? code : undefined,
    },
    trust,
    context,
  );
}
