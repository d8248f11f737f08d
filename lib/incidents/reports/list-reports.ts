/** The reports of an incident, and which can be begun now. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { loadNames } from '#lib/operations/policy/load-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { incidentUnknown } from '../desk/act-on-incident.ts';
import { loadIncident, titleOf } from '../desk/load-incident.ts';
import { reportStages, type ReportStage, type ReportState } from './life.ts';
import { findStageFault } from './stage-fault.ts';

export type ReportLine = {
  id: string;
  stage: ReportStage;
  state: ReportState;
  openedAt: string;
  openedBy: string;
  sentAt: string | null;
  reference: string | null;
  wentAlone: boolean;
};
export type ReportsView = {
  incident: { id: string; number: string; title: string; sort: 'incident' | 'threat' };
  reports: ReportLine[];
  /** Why each can't be begun now; null when it can. */
  begin: { stage: ReportStage; fault: string | null }[];
  canBegin: boolean;
};

export async function listReports(
  actor: Actor,
  input: { incident: string },
  { db }: Context,
): Promise<Result<ReportsView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const id = z.uuid().safeParse(input.incident);
  if (!id.success) return incidentUnknown();
  const nameOf = await loadNames(db);
  return inSnapshot(db, async (tx) => {
    const file = await loadIncident(tx, id.data.toLowerCase());
    if (!file) return incidentUnknown();
    const rows = await tx.incidentReport.findMany({
      where: { incidentId: file.id },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      include: { steps: { orderBy: { seq: 'asc' }, take: 200 } },
      take: 100,
    });
    const reports = rows.map((row): ReportLine => {
      const facts = (step: string) =>
        (row.steps.findLast((one) => one.step === step)?.facts ?? {}) as Record<string, unknown>;
      const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      return {
        id: row.id,
        stage: row.stage as ReportStage,
        state: (row.steps.at(-1)?.step ?? 'draft') as ReportState,
        openedAt: row.openedAt.toISOString(),
        openedBy: nameOf(row.openedBy),
        sentAt: text(facts('sent')['sentAt']),
        reference: text(facts('receipt')['reference']),
        wentAlone: facts('released')['alone'] === true,
      };
    });
    return ok({
      incident: {
        id: file.id,
        number: file.number,
        title: shownText(titleOf(file)),
        sort: file.sort,
      },
      reports,
      begin: (Object.keys(reportStages) as ReportStage[]).map((stage) => ({
        stage,
        fault: findStageFault(stage, file, reports),
      })),
      canBegin: actor.scopes.has('report:raise'),
    });
  });
}
