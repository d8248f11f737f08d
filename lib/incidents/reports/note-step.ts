import type { Tx } from '#lib/platform/db/transaction.ts';
import { appendEvent } from '../desk/append-event.ts';
import { lastAt } from '../desk/act-on-incident.ts';
import { lockIncident } from '../desk/load-incident.ts';
import type { ReportFile } from './load-report.ts';

/** Says in the incident's timeline what became of a report; time limits are counted from there. */
export async function noteReportStep(
  tx: Tx,
  report: Pick<ReportFile, 'id' | 'incidentId' | 'stage'>,
  { step, by, at, submittedAt }: { step: string; by: string; at: Date; submittedAt: Date | null },
): Promise<void> {
  const file = await lockIncident(tx, report.incidentId);
  if (!file) throw new Error('A report without its incident.');
  await appendEvent(tx, file, {
    kind: 'report-moved',
    by,
    at: new Date(Math.max(at.getTime(), lastAt(file))),
    facts: {
      report: report.id,
      stage: report.stage,
      step,
      submittedAt: submittedAt?.toISOString() ?? null,
    },
  });
}
