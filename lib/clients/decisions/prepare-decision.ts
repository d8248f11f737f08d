import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { readyForStep } from '../register/take-step.ts';
import {
  caseContent,
  decisions,
  type Decision,
  type DecisionStatement,
} from './decision-statement.ts';

const form = z.strictObject({
  id: caseField,
  seen: seenField,
  decision: z.enum(Object.keys(decisions) as [Decision, ...Decision[]]),
});

/**
 * Checks that this person may decide the case as they saw it, and gives out the statement to sign.
 * Nothing happens to the case until it comes back signed.
 */
export async function prepareCaseDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, decision } = read.form;
  const register = decisions[decision];
  const ready = await inTransaction(context.db, async (tx) => {
    const by = actor.personId;
    const standing = await readyForStep(tx, { register, caseId: id, seen, step: decision, by });
    if (!standing.ok) return standing;
    const { number } = standing.value;
    return ok({ number, content: await caseContent(tx, standing.value) });
  });
  if (!ready.ok) return ready;
  const statement: DecisionStatement = {
    type: 'countersign/register-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    register,
    case: id,
    decision,
    ...ready.value,
    revision: seen,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  };
  return askKeyPress(actor, { purpose: 'register-decision', statement }, context);
}
