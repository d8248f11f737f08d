import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import type { Result } from '#lib/platform/result.ts';
import { readyToLift } from './ready-to-lift.ts';
import { liftSteps, type RestrictionStatement } from './restriction-statement.ts';
import { restrictionField } from './tell-of-lift.ts';

const form = z.strictObject({
  restriction: restrictionField,
  seen: seenField,
  step: z.enum(liftSteps),
});

/**
 * Checks that this person may propose to lift the restriction, or lift it, as they saw it, and gives out the statement
 * to sign. Nothing happens until it comes back signed.
 */
export async function prepareRestrictionLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const asked = read.form;
  const ready = await inTransaction(context.db, (tx) => readyToLift(tx, actor, asked));
  if (!ready.ok) return ready;
  const { about, toldAt } = ready.value;
  const statement: RestrictionStatement = {
    type: 'countersign/privacy-restriction-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    restriction: about.id,
    request: about.request.number,
    subject: about.personId,
    step: asked.step,
    ground: about.ground,
    fields: [...about.fields],
    since: about.since.toISOString(),
    toldAt: toldAt.toISOString(),
    revision: about.seq,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  };
  return askKeyPress(actor, { purpose: 'privacy-restriction', statement }, context);
}
