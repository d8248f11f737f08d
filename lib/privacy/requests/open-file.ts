import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { lacksReading } from './may-read.ts';
import { requestField } from './act-on-request.ts';
import { eventFacts } from './event.ts';
import { unsealFile } from './sealed-files.ts';

const form = z.strictObject({ id: requestField, seq: z.string().regex(/^\d{1,4}$/) });

/** Opens a file of a request to be downloaded; that somebody did stands in the trail first. */
export async function openRequestFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ number: string; seq: number; mediaType: string; bytes: Uint8Array }>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const id = read.form.id;
  const seq = Number(read.form.seq);
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const event = await tx.privacyRequestEvent.findFirst({
        where: { requestId: id, seq, kind: 'file-added' },
        include: { files: { orderBy: { part: 'asc' } }, request: { select: { number: true } } },
      });
      if (!event) return refuse('file-unknown', 'There is no such file.');
      await appendAudit(tx, {
        kind: 'privacy-request-read',
        subject: event.request.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { file: seq },
      });
      return ok(event);
    });
    if (!found.ok) return found;
    const { mediaType, commitment, parts } = eventFacts['file-added'].parse(found.value.facts);
    if (found.value.files.length !== parts) throw new Error('A file lacks a part.');
    const bytes = await unsealFile({ id, seq }, found.value.files, commitment);
    const { number } = found.value.request;
    return bytes
      ? ok({ number, seq, mediaType, bytes })
      : refuse('file-erased', 'This file was erased.');
  });
}
