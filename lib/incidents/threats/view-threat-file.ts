import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentField } from '../desk/form-fields.ts';
import { checkThreat, threatText, type ThreatValues } from '../report/threat-notification.ts';
import { threatPdf } from '../report/threat-pdf.ts';
import { threatValues } from './threat-values.ts';

const form = z.strictObject({
  id: incidentField,
  format: z.enum(['json', 'pdf'], 'A notification is downloaded as json or pdf.'),
  values: threatValues,
});

/**
 * A notification of a threat as it was written on the page, to be sent. One that lacks what the Annex asks for is
 * refused; that it was taken out stands in the audit trail.
 */
export async function threatFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const refused = lacksScope(actor, 'report:raise');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, format } = read.form;
  const values: ThreatValues = read.form.values;
  const [fault] = checkThreat(values).filter(({ severity }) => severity === 'blocking');
  if (fault) return refuse('breaks-rules', `Field ${fault.no}: ${fault.sentence}`);
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const threat = await tx.incident.findUnique({ where: { id } });
    if (threat?.sort !== 'threat') return refuse('incident-unknown', 'There is no such threat.');
    const { number } = threat;
    const bytes =
      format === 'json'
        ? new TextEncoder().encode(threatText(values, { number }))
        : await threatPdf(values, { number, at: at.toISOString() });
    await appendAudit(tx, {
      kind: 'incident-report-moved',
      subject: number,
      actor: actor.personId,
      at,
      facts: { threat: id, step: 'read', format },
    });
    return ok({ name: `${number}-notification.${format}`, bytes });
  });
}
