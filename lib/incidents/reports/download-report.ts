import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { ReportValues } from '../report/field-types.ts';
import { writeReport } from './document-of.ts';
import type { ReportStage } from './life.ts';
import { loadReport, reportUnknown } from './load-report.ts';

export type ReportFileView = {
  incident: string;
  stage: ReportStage;
  values: ReportValues;
  /** The ESAs' JSON, as it was released or as the draft makes it now. */
  text: string;
  digest: string;
  /** When it was released; null for a draft. */
  releasedAt: string | null;
};

/** What a report says, for files to be made of. That it was taken out stands in the audit trail. */
export async function downloadReport(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<ReportFileView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const id = z.uuid().safeParse(input.id);
  if (!id.success) return reportUnknown();
  return inTextTransaction(context.db, async (tx) => {
    const report = await loadReport(tx, id.data.toLowerCase());
    if (!report) return reportUnknown();
    if (report.values === null)
      return refuse('report-erased', 'This report was erased. Its digest stays on record.');
    const submission = await tx.incidentSubmission.findUnique({ where: { reportId: report.id } });
    const [sent = null] = submission ? await openTexts('incident_submission', [submission]) : [];
    const { number } = await tx.incident.findUniqueOrThrow({
      where: { id: report.incidentId },
      select: { number: true },
    });
    const made = writeReport(report.values);
    if (submission && sent !== null && submission.digest !== made.digest)
      throw new Error(`Report ${report.id} was released otherwise than its draft says.`);
    await appendAudit(tx, {
      kind: 'incident-report-moved',
      subject: number,
      actor: actor.personId,
      at: context.clock(),
      facts: { report: report.id, step: 'read', digest: made.digest },
    });
    return ok({
      incident: number,
      stage: report.stage,
      values: report.values,
      text: sent ?? made.text,
      digest: submission?.digest ?? made.digest,
      releasedAt: submission?.releasedAt.toISOString() ?? null,
    });
  });
}
