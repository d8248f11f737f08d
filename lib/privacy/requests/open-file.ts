import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestField } from './act-on-request.ts';
import { eventFacts } from './event.ts';
import { lacksContents } from './may-read.ts';
import { openContents } from './open-contents.ts';
import { unsealFile } from './sealed-files.ts';

const form = z.strictObject({ id: requestField, seq: z.string().regex(/^\d{1,4}$/) });

/** Opens a file of a request to be downloaded; that somebody did stands on record first. */
export async function openRequestFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ number: string; seq: number; mediaType: string; bytes: Uint8Array }>> {
  const refused = lacksContents(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const id = read.form.id;
  const seq = Number(read.form.seq);
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const event = await tx.privacyRequestEvent.findFirst({
        where: { requestId: id, seq, kind: 'file-added' },
        include: { files: { orderBy: { part: 'asc' } } },
      });
      if (!event) return refuse('file-unknown', 'There is no such file.');
      const opening = await openContents(tx, actor, {
        id,
        facts: { file: seq },
        at: context.clock(),
      });
      return opening.ok ? ok({ ...event, ...opening.value }) : opening;
    });
    if (!found.ok) return found;
    const { mediaType, commitment, parts } = eventFacts['file-added'].parse(found.value.facts);
    if (found.value.files.length !== parts) throw new Error('A file lacks a part.');
    const bytes = await unsealFile({ id, seq }, found.value.files, commitment);
    const { number } = found.value;
    return bytes
      ? ok({ number, seq, mediaType, bytes })
      : refuse('file-erased', 'This file was erased.');
  });
}
