/** A notification that was signed off, as it was signed, for whoever sends it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { lacksReading, mayReadContents } from '../requests/may-read.ts';
import { openEachText } from '../requests/open-each-text.ts';
import { breachField, breachUnknown } from './act-on-breach.ts';
import { loadBreach } from './load-breach.ts';
import { notificationPdf } from './render-pdf.ts';
import type { BreachFileMade } from './view-register-file.ts';

const form = z.strictObject({
  id: breachField,
  part: z
    .string('Say which part.')
    .regex(/^\d{1,2}$/, 'Say which part.')
    .transform(Number),
  format: z.enum(['pdf', 'txt'], 'Choose PDF or text.'),
});

/**
 * It is what people wrote, so it is for whoever may open that. Who takes it is on record before the first byte leaves. Its
 * digest is the one that was signed.
 */
export async function viewNotificationFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<BreachFileMade>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  if (!mayReadContents(actor))
    return refuse(
      'not-allowed',
      'A notification is what people wrote, so it is for the data protection officer and for who decides. Ask the data protection officer for it; by the digest on record anybody can tell that it is what was signed.',
    );
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, part, format } = read.form;
  return keysRefusal(async () => {
    const found = await inTransaction(context.db, async (tx) => {
      const file = await loadBreach(tx, id);
      if (!file) return breachUnknown();
      const phase = file.standing.phases.find((one) => one.phase === part);
      const row =
        phase &&
        (await tx.privacyBreachText.findUnique({
          where: { breachId_seq_field: { breachId: id, seq: phase.seq, field: 'document' } },
          select: { seq: true, field: true, sealed: true, erasedAt: true },
        }));
      if (!phase || !row) return refuse('part-unknown', 'No such part was signed off.');
      await appendAudit(tx, {
        kind: 'privacy-breach-read',
        subject: file.number,
        actor: actor.personId,
        at: context.clock(),
        facts: { part, format },
      });
      return ok({ number: file.number, phase, row });
    });
    if (!found.ok) return found;
    const { number, phase, row } = found.value;
    const [opened] = await openEachText(id, [row], 'privacy-breach');
    if (opened?.isBroken === true)
      return refuse(
        'not-opened',
        `The text does not open. Tell whoever runs this installation; its digest ${phase.digest} stays on record.`,
      );
    const text = opened?.text ?? null;
    if (text === null)
      return refuse(
        'erased',
        `The notification was erased${row.erasedAt === null ? '' : ` on ${dayOf(row.erasedAt)}`}, with the file of the breach. That it was signed and sent, and its digest ${phase.digest}, stay on record.`,
      );
    if (createHash('sha256').update(text).digest('hex') !== phase.digest)
      return refuse(
        'digest-differs',
        'The text is not the one that was signed. Ask who runs the console.',
      );
    const bytes =
      format === 'txt'
        ? Buffer.from(text)
        : await notificationPdf(text, { number, at: new Date(phase.at) });
    return ok({ name: `${number}-part-${part}.${format}`, bytes });
  });
}
