/** Who was told of an incident beside the reports: clients, the board, the authority, or persons whose data it is. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from '../desk/act-on-incident.ts';
import { about } from '../desk/form-fields.ts';
import { readTexts } from '../desk/texts.ts';

/** Most people that are told at once: more than any custodian has clients. */
const countMax = 100_000_000;

const form = z.strictObject({
  ...about,
  whom: z.enum(['clients', 'board', 'authority', 'persons'], 'Say who was told.'),
  count: z
    .literal('')
    .transform(() => null)
    .or(
      z
        .string()
        .regex(/^\d{1,9}$/, 'Give the number of people in digits, or leave it empty.')
        .transform(Number)
        .refine((count) => count <= countMax, 'That are more people than a custodian has clients.'),
    )
    .default(null),
  text: textField,
});

/**
 * Records what was told and to whom: clients without undue delay where their money is touched (DORA Art 19(3)), the
 * management body of a major incident (Art 17(3)(e)), the authority that a limit can't be kept (2025/301 Art 5(3)).
 * The words can be erased later; that somebody was told stays.
 */
export async function recordTold(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, whom, count, text } = read.form;
  const texts = readTexts({ 'told-what': text });
  if (!texts.ok) return texts;
  if (count === 0) return refuse('nobody', 'Nobody was told, so there is nothing to record.');
  return actOnIncident(actor, context, {
    scope: 'incident:work',
    id,
    seen,
    kind: 'told',
    draw: () => ok({ facts: { whom, count }, texts: texts.texts }),
  });
}
