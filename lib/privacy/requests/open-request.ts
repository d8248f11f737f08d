import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { channels } from './life.ts';
import { maybeText, readReceipt, receiptFields } from './receipt-form.ts';
import { readTexts } from './texts.ts';
import { writeRequest } from './write-request.ts';

const form = z.strictObject({
  ...receiptFields,
  channel: z
    .enum(keysOf(channels), 'Choose how it came.')
    .exclude(['form'], 'The form brings its own.'),
  isElectronic: z.enum(['yes', 'no'], 'Say whether it was made electronically.'),
  name: maybeText,
  email: maybeText,
  message: textField,
});

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
  const { channel, isElectronic, name, email, message, reasons } = read.form;
  const at = context.clock();
  const receipt = readReceipt(read.form, at);
  if (!receipt.ok) return receipt;
  const texts = readTexts({ name, email, message, reasons });
  if (!texts.ok) return texts;
  const facts = { ...receipt.value, channel, isElectronic: isElectronic === 'yes' };
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) =>
      ok(await writeRequest(tx, { facts, texts: texts.texts, by: actor.personId, at })),
    ),
  );
}
