import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentsTopic } from '../desk/append-event.ts';
import { incidentField } from '../desk/form-fields.ts';
import { draftBounds } from '../report/draft-bounds.ts';
import { fieldOf } from '../report/fields.ts';
import { MAX_TEXT } from '../report/figures.ts';
import type { FieldNo, FieldValue, ReportValues } from '../report/field-types.ts';
import { isWritable } from './life.ts';
import { lockReport, reportMoved, reportUnknown, valuesText } from './load-report.ts';

const form = z.strictObject({
  id: incidentField,
  /** Version of the draft that was written on. */
  seen: z.int().min(1),
  values: z.record(
    z.string().max(5),
    z.union([
      z.string().max(MAX_TEXT, `A text has at most ${MAX_TEXT} characters.`),
      z.boolean(),
      z.array(z.string().max(400)).max(60),
      z.null(),
    ]),
  ),
});

/**
 * Saves what was written into the fields given; the others stay. A draft may break rules: nothing is lost, and the
 * rules are held against it when it is raised.
 */
export async function saveDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ version: number }>> {
  const refused = lacksScope(actor, 'report:raise');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, values: given } = read.form;
  const unknown = Object.keys(given).find((no) => fieldOf(no) === null || no === '1.1');
  if (unknown !== undefined)
    return refuse('field-unknown', `A report has no field ${unknown} that could be written.`);
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const report = await lockReport(tx, id);
    if (!report) return reportUnknown();
    if (report.version !== seen) return reportMoved();
    if (!isWritable(report.state) || report.values === null)
      return refuse('not-now', 'This report is no draft any more.');
    const version = seen + 1;
    if (version > draftBounds.versions)
      return refuse(
        'too-many',
        `It was saved ${draftBounds.versions} times, which is the most. Raise it as it stands, with a reason for every rule that it breaks.`,
      );
    const text = valuesText(merged(report.values, given));
    if (Buffer.byteLength(text) > draftBounds.bytes)
      return refuse(
        'too-large',
        'Together these texts are longer than a report of 1 MiB. Shorten them, and keep the details with the incident as evidence.',
      );
    const kept = await keepText(tx, 'incident_report_draft', text);
    await tx.incidentReportDraft.create({
      data: {
        reportId: id,
        version,
        writtenBy: actor.personId,
        writtenAt: at,
        ...textColumns(kept),
      },
      select: { version: true },
    });
    await writeMentions(tx, 'incident_report_draft', [kept]);
    await appendAudit(tx, {
      kind: 'incident-report-drafted',
      subject: id,
      actor: actor.personId,
      at,
      facts: { report: id, version, fields: Object.keys(given).length },
    });
    await publish(tx, { topic: incidentsTopic, id: report.incidentId });
    return ok({ version });
  });
}

/** An empty value takes the field out. */
function merged(
  before: ReportValues,
  given: Readonly<Record<string, FieldValue | null>>,
): ReportValues {
  const values: Partial<Record<FieldNo, FieldValue>> = { ...before };
  for (const [no, value] of Object.entries(given)) {
    const isEmpty = value === null || (typeof value !== 'boolean' && value.length === 0);
    if (isEmpty) delete values[no as FieldNo];
    else values[no as FieldNo] = value;
  }
  return values;
}
