import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { appendEvent } from './append-event.ts';
import { appendFile, type FileToAppend } from './append-file.ts';
import { loadSeat } from './load-seat.ts';
import { readMessage, type Message } from './read-message.ts';
import { readReceipt, receiptFields } from './receipt-form.ts';
import { sealFile } from './sealed-files.ts';
import { sealTexts, type SealedText } from './sealed-texts.ts';
import { readTexts, textFields, type Texts } from './texts.ts';
import { writeRequest } from './write-request.ts';

const form = z.strictObject(receiptFields);

/** Files are sealed before the transaction; what is left is to write them. */
const writeWithinMs = 30_000;

/**
 * The DPO takes in a message as a file. It was received when we got it: now, or earlier with its ground; the date in its
 * header is shown and counts for nothing. From whom it says it is proves nobody.
 */
export async function importMessage(
  actor: Actor,
  input: unknown,
  bytes: Uint8Array,
  context: Context,
): Promise<Result<{ id: string; number: string }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const asked = readForm(form, input);
  if (!asked.ok) return asked;
  const at = context.clock();
  const receipt = readReceipt(asked.form, at);
  if (!receipt.ok) return receipt;
  const reasons = readTexts({ reasons: asked.form.reasons });
  if (!reasons.ok) return reasons;
  const read = await readMessage(bytes);
  if (!read.ok) return read;
  const message = read.value;
  return keysRefusal(async () => {
    const id = randomUUID();
    const [keyId] = await dataKeys().make(1);
    if (keyId === undefined) throw new Error('The key service made no key.');
    const sealed = await sealAll({ id, keyId }, message);
    return inTransaction(
      context.db,
      async (tx) => {
        const { number } = await writeRequest(tx, {
          id,
          keyId,
          facts: { ...receipt.value, channel: 'email', isElectronic: true },
          texts: { ...textsOf(message), ...reasons.texts },
          by: actor.personId,
          at,
        });
        await writeFiles(tx, { id, number }, sealed, { by: actor.personId, at });
        return ok({ id, number });
      },
      { timeoutMs: writeWithinMs },
    );
  });
}

/** Only what fits the field; what is in the header and is no address is no address. */
function textsOf({ from, subject, sentAt, text }: Message): Texts {
  const email = textFields.email.made.of.test(from.address) ? from.address : undefined;
  return {
    message: text,
    ...(subject.length > 0 && { subject }),
    ...(sentAt.length > 0 && { 'sent-at': sentAt }),
    ...(from.name.length > 1 && { name: from.name }),
    ...(email !== undefined && { email }),
  };
}

type SealedParts = {
  files: FileToAppend[];
  leftOut: { count: number; texts: SealedText[] } | null;
};

/** The opening is the first event, then one for each file, then what was left out. */
async function sealAll(
  key: { id: string; keyId: string },
  { files, leftOut }: Message,
): Promise<SealedParts> {
  const sealed: SealedParts['files'] = [];
  for (const [index, { name, mediaType, bytes }] of files.entries()) {
    const about = { ...key, seq: index + 2 };
    sealed.push({
      mediaType,
      size: bytes.length,
      file: await sealFile(about, bytes),
      texts: await sealTexts(about, { 'file-name': name }),
    });
  }
  if (leftOut.length === 0) return { files: sealed, leftOut: null };
  const text = leftOut
    .map(({ name, size, sha256 }) => `${name}: ${size} bytes, SHA-256 ${sha256}`)
    .join('\n');
  const about = { ...key, seq: files.length + 2 };
  return {
    files: sealed,
    leftOut: { count: leftOut.length, texts: await sealTexts(about, { 'left-out': text }) },
  };
}

async function writeFiles(
  tx: Tx,
  request: { id: string; number: string },
  { files, leftOut }: SealedParts,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const seat = await loadSeat(tx, at);
  let seq = 1;
  for (const file of files) seq = await appendFile(tx, { ...request, seq }, file, { by, at, seat });
  if (leftOut === null) return;
  const facts = { count: leftOut.count };
  const event = { kind: 'files-left-out', facts, texts: leftOut.texts, by, at } as const;
  await appendEvent(tx, { ...request, seq }, event, seat);
}
