import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import type { Result } from '#lib/platform/result.ts';
import { readConditions, type PackStatement } from './board-statement.ts';
import { decisions } from './pack.ts';
import { readyToSign } from './ready-to-sign.ts';

const form = z.strictObject({
  id: z.uuid('There is no such pack.').toLowerCase(),
  decision: z.enum(decisions, 'Choose what you decide.'),
  conditions: textField.default(''),
});

/** Gives out what a member of the board signs about a pack. Nothing is recorded until it comes back signed. */
export async function preparePackSignature(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const refused = lacksScope(actor, 'board:sign');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, decision } = read.form;
  const conditions = await readConditions(context.db, 'board_signature', {
    decision,
    given: read.form.conditions,
  });
  if (!conditions.ok) return conditions;
  const ready = await readyToSign(context.db, { id, by: actor.personId });
  if (!ready.ok) return ready;
  const { number, quarter, digest } = ready.value;
  const statement: PackStatement = {
    type: 'countersign/board-pack-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    pack: id,
    number,
    quarter,
    digest,
    decision,
    conditions: conditions.value?.commitment ?? null,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  };
  const payload = { conditions: conditions.value };
  return askKeyPress(actor, { purpose: 'board-pack', statement, payload }, context);
}
