import { createHash } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { about, findMoment, requestMoved, requestUnknown, timeAfter } from './act-on-request.ts';
import { appendFile, type FileToAppend } from './append-file.ts';
import { findSizeFault } from './file-limits.ts';
import { kindOf, nameOf } from './kept-file.ts';
import { loadRequest, lockRequest } from './load-request.ts';
import { loadSeat } from './load-seat.ts';
import { sealFile } from './sealed-files.ts';
import { sealTexts } from './sealed-texts.ts';

const form = z.strictObject({
  ...about,
  /** As the browser says them. */
  name: z.string().max(1_000, 'The name of the file is too long.'),
  mediaType: z.string().max(200, 'The kind of the file is not known.'),
});

/** It is sealed before the transaction; what is left is to write it. */
const writeWithinMs = 30_000;

/**
 * The DPO puts a file on record of a request, such as the letter that was sent to the person, which the answer then names
 * by its commitment. Nothing of it is rendered.
 * @returns the number of its entry, and the SHA-256 of the file as it came, which stands sealed beside its name.
 */
export async function addFile(
  actor: Actor,
  input: unknown,
  bytes: Uint8Array,
  context: Context,
): Promise<Result<{ seq: number; sha256: string }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const asked = readForm(form, input);
  if (!asked.ok) return asked;
  const { id, seen, name, mediaType } = asked.form;
  return keysRefusal(async () => {
    const before = await loadRequest(context.db, id);
    if (!before) return requestUnknown();
    const fault = findMoment(before, 'file-added', seen) ?? findSizeFault(before, bytes.length);
    if (fault) return fault;
    const kind = kindOf(bytes, mediaType);
    if (kind === null)
      return refuse(
        'file-kind',
        'This is no PDF, no picture (PNG or JPEG) and no plain text. Save the letter as one of these.',
      );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const place = { id, keyId: before.keyId, seq: before.seq + 1 };
    const texts = { 'file-name': nameOf(name, 'file'), 'file-digest': sha256 };
    const sealed: FileToAppend = {
      mediaType: kind,
      size: bytes.length,
      file: await sealFile(place, bytes),
      texts: await sealTexts(place, texts),
    };
    return inTransaction(
      context.db,
      async (tx) => {
        const file = await lockRequest(tx, id);
        // Sealed for this place under this key, and weighed by what stood before it: both hold only while nothing moved.
        if (file?.seq !== before.seq || file.keyId !== before.keyId) return requestMoved();
        const at = timeAfter(file, context.clock());
        const seat = await loadSeat(tx, at);
        const seq = await appendFile(tx, file, sealed, { by: actor.personId, at, seat });
        return ok({ seq, sha256 });
      },
      { timeoutMs: writeWithinMs },
    );
  });
}
