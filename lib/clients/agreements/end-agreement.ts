import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { readForm, seenField, textField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { takeStep } from '../register/take-step.ts';
import { readTexts } from '../register/texts.ts';

const form = z.strictObject({ id: caseField, seen: seenField, reasons: textField });

/** Ends an agreement as of now, with the reasons. */
export async function endAgreement(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  return inTextTransaction(context.db, async (tx) => {
    const taken = await takeStep(tx, {
      register: 'agreement',
      caseId: read.form.id,
      seen: read.form.seen,
      step: 'ended',
      facts: {},
      texts: texts.texts,
      by: actor.personId,
      at: context.clock(),
    });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}
