import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '../people/keys-refusal.ts';
import { channels, rights } from './life.ts';
import { readTexts } from './texts.ts';
import { writeRequest } from './write-request.ts';

const maybe = textField.transform((text) => (text.trim() === '' ? undefined : text)).optional();

const form = z.strictObject({
  right: z.enum(keysOf(rights), 'Choose the right.'),
  channel: z
    .enum(keysOf(channels), 'Choose how it came.')
    .exclude(['form'], 'The form brings its own.'),
  receivedAt: minuteField('when it was received'),
  /** Why the receipt lies before now, such as the stamp of the post room. */
  reasons: maybe,
  isElectronic: z.enum(['yes', 'no'], 'Say whether it was made electronically.'),
  forAnother: z.enum(['yes', 'no'], 'Say whether somebody asks for another person.'),
  name: maybe,
  email: maybe,
  message: textField,
});

/** A receipt that long ago is a wrong year. */
const longestAgoMs = 366 * 86_400_000;
/** Minutes until now that are no earlier receipt. */
const nowWithinMs = 15 * 60_000;

/** The DPO records a request that came by any channel: the clock runs from its receipt, whoever got it. */
export async function openRequest(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { right, channel, receivedAt, isElectronic, forAnother, ...rest } = read.form;
  const at = context.clock();
  const ahead = findAhead('The receipt', receivedAt, at);
  if (ahead) return ahead;
  if (at.getTime() - receivedAt.getTime() > longestAgoMs)
    return refuse('too-long-ago', 'The receipt lies more than a year back. Check the year.');
  const isEarlier = at.getTime() - receivedAt.getTime() > nowWithinMs;
  if (isEarlier && rest.reasons === undefined)
    return refuse('text-invalid', 'Say from what it is known that it was received earlier.');
  const texts = readTexts(rest);
  if (!texts.ok) return texts;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) =>
      ok(
        await writeRequest(tx, {
          facts: {
            right,
            channel,
            receivedAt: receivedAt.toISOString(),
            isEarlier,
            isElectronic: isElectronic === 'yes',
            forAnother: forAnother === 'yes',
          },
          texts: texts.texts,
          by: actor.personId,
          at,
        }),
      ),
    ),
  );
}
