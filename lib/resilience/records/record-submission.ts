import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { dayField, readForm, startOfDay } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { line } from '../kinds/fields.ts';
import { resilienceTopic } from './insert-versions.ts';

/** The register began with this year. */
const firstDay = '2025-01-01';
const day = (what: string) =>
  dayField(what).refine((text) => text >= firstDay, {
    error: 'The register began in 2025. Give a day from then on.',
  });

const form = z.strictObject({
  submittedOn: day('the day on which it was submitted'),
  referenceDate: day('the reference date'),
  reference: line('the reference of the authority', 200),
});

/**
 * Puts on record that the register of information was submitted (DORA Art 28(3)), as the authority confirmed it. The
 * yearly duty counts from it; who saves the file does not show that it was sent.
 */
export async function recordSubmission(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'resilience:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { submittedOn, referenceDate, reference } = read.form;
  const at = context.clock();
  if (submittedOn > dayOf(at))
    return refuse(
      'submission-ahead',
      'The day of the submission lies ahead. Record it once it was submitted.',
    );
  if (referenceDate > submittedOn)
    return refuse(
      'submission-early',
      'It was submitted before the day that it is filed for. Check both days.',
    );
  return inTransaction(context.db, async (tx) => {
    const id = randomUUID();
    await tx.registerSubmission.create({
      data: {
        id,
        submittedOn: startOfDay(submittedOn),
        referenceDate: startOfDay(referenceDate),
        reference,
        recordedBy: actor.personId,
        recordedAt: at,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'register-of-information-submitted',
      subject: id,
      actor: actor.personId,
      at,
      facts: { submittedOn, referenceDate },
    });
    await publish(tx, { topic: resilienceTopic, id });
    return ok({ id });
  });
}
