import { randomUUID } from 'node:crypto';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import type { Result } from '#lib/platform/result.ts';
import { readConditions, type EvidenceStatement } from './board-statement.ts';
import { checkEvidence, evidenceForm } from './evidence-form.ts';

/** Gives out what a member of the board signs about the evidence of a duty. Nothing is recorded until it comes back signed. */
export async function prepareBoardEvidence(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const refused = lacksScope(actor, 'board:sign');
  if (refused) return refused;
  const read = readForm(evidenceForm, input);
  if (!read.ok) return read;
  const { conditions: given, ...form } = read.form;
  const conditions = await readConditions(context.db, 'board_evidence', {
    decision: form.decision,
    given,
  });
  if (!conditions.ok) return conditions;
  const at = context.clock();
  const checked = await checkEvidence(context.db, form, { by: actor.personId, at });
  if (!checked.ok) return checked;
  const statement: EvidenceStatement = {
    type: 'countersign/board-evidence-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    evidence: randomUUID(),
    ...form,
    conditions: conditions.value?.commitment ?? null,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: at.toISOString(),
  };
  const payload = { conditions: conditions.value };
  return askKeyPress(actor, { purpose: 'board-evidence', statement, payload }, context);
}
