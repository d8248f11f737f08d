import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm, seenField, textField } from '#lib/platform/forms.ts';
import { caseField } from './forms.ts';
import { lockCase } from './lock-case.ts';
import { clientsTopic } from './open-case.ts';
import { readTexts, textKinds, type TextKind } from './texts.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';

const form = z.strictObject({
  id: caseField,
  seq: seenField,
  kind: z.enum(Object.keys(textKinds) as [TextKind, ...TextKind[]]),
  /** The version that was read; another is not corrected unread. */
  version: seenField,
  text: textField,
});

/** Corrects a name or a text by a newer version; the earlier ones stay on record until erased. */
export async function correctText(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ version: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seq, kind } = read.form;
  const given = readTexts({ [kind]: read.form.text });
  if (!given.ok) return given;
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    // A decision about the case stands for the texts that were read: none changes while it is taken.
    await lockCase(tx, id);
    const newest = await tx.registerText.findFirst({
      where: { caseId: id, seq, kind },
      orderBy: { version: 'desc' },
      include: { about: { select: { number: true } } },
    });
    if (!newest) return refuse('text-unknown', 'There is no such text to correct.');
    if (newest.version !== read.form.version)
      return refuse('text-moved', 'Somebody corrected it in the meantime. Read it again first.');
    if (newest.sealed === null)
      return refuse('text-erased', 'This text was erased. What was erased is not written again.');
    const version = newest.version + 1;
    const kept = await keepText(tx, 'register_text', given.texts[kind] ?? '');
    await tx.registerText.create({
      data: {
        caseId: id,
        seq,
        kind,
        version,
        writtenBy: actor.personId,
        writtenAt: at,
        ...textColumns(kept),
      },
    });
    await writeMentions(tx, 'register_text', [kept]);
    await appendAudit(tx, {
      kind: 'register-corrected',
      subject: newest.about.number,
      actor: actor.personId,
      at,
      facts: { text: kind, seq, version },
    });
    await publish(tx, { topic: clientsTopic, id });
    return ok({ version });
  });
}
