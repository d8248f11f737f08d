/**
 * Who received data of a person, as the desk knows it beside the registers: told to the person by name in their copy
 * (Article 15(1)(c) GDPR; Court of Justice, C-154/21), and to be told of changes (Article 19).
 */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayField, readForm, textField } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest } from './act-on-request.ts';
import { readTexts } from './texts.ts';

const adding = z.strictObject({
  ...about,
  recipient: textField,
  received: textField,
  receivedOn: z
    .literal('')
    .transform(() => null)
    .or(dayField('when it was received')),
});

/** @returns the number of the event, by which it can be taken off the record. */
export async function addRecipient(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(adding, input);
  if (!read.ok) return read;
  const { id, seen, receivedOn, recipient, received } = read.form;
  const texts = readTexts({ recipient, received });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'recipient-added',
    texts: texts.texts,
    draw: () => ok({ receivedOn }),
  });
}

const striking = z.strictObject({
  ...about,
  of: z
    .string()
    .regex(/^\d{1,4}$/, 'Choose the recipient.')
    .transform(Number),
  reasons: textField,
});

/** It was put on record by mistake; the entry stays, and is told to nobody. */
export async function strikeRecipient(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(striking, input);
  if (!read.ok) return read;
  const { id, seen, of, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'recipient-struck',
    texts: texts.texts,
    draw: () => ok({ of }),
  });
}
