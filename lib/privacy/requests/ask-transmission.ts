/** To which other controller a person wants their data transmitted (Article 20(2) GDPR). */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest } from './act-on-request.ts';
import { readTexts } from './texts.ts';

const asking = z.strictObject({
  ...about,
  recipient: textField,
  isFeasible: z.enum(['yes', 'no'], 'Say whether it is technically feasible.'),
  reasons: textField.transform((text) => (text.trim() === '' ? undefined : text)).optional(),
});

/** What was said last holds; the act of dispatch names it. */
export async function askTransmission(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(asking, input);
  if (!read.ok) return read;
  const { id, seen, recipient, isFeasible, reasons } = read.form;
  if (isFeasible === 'no' && reasons === undefined)
    return refuse('text-invalid', 'Say why it is not technically feasible.');
  const texts = readTexts({ recipient, reasons });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'transmission-asked',
    texts: texts.texts,
    draw: () => ok({ isFeasible: isFeasible === 'yes' }),
  });
}
