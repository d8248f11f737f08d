import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayField, readForm, textField } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { aboutHold, actOnHold } from './act-on-hold.ts';
import { findReviewFault } from './rules.ts';

const form = z.strictObject({
  ...aboutHold,
  reviewOn: dayField('the day of the next review'),
  reasons: textField,
});

/** Somebody looked whether it still has to be kept: it has, with why and until the next look. */
export async function reviewHold(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, reviewOn, reasons } = read.form;
  return actOnHold(actor, context, {
    id,
    seen,
    kind: 'reviewed',
    reasons,
    draw: (today) => findReviewFault(reviewOn, today) ?? ok({ reviewOn }),
  });
}
