import { z } from 'zod';
import { openTexts, type SealedTextRow } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { ReportValues } from '../report/field-types.ts';
import { stateOf, stepsMax, type ReportStage, type ReportState, type ReportStep } from './life.ts';

export type ReportStepRow = {
  seq: number;
  step: ReportStep;
  actor: string;
  at: string;
  facts: Readonly<Record<string, unknown>>;
  /** Which key signed it; null for a step without one. */
  credentialId: string | null;
};
export type ReportFile = {
  id: string;
  incidentId: string;
  stage: ReportStage;
  state: ReportState;
  openedBy: string;
  openedAt: string;
  /** The newest draft; null once it was erased. */
  values: ReportValues | null;
  version: number;
  writtenBy: string;
  writtenAt: string;
  steps: readonly ReportStepRow[];
};

const valuesSchema = z.record(
  z.string(),
  z.union([z.string(), z.boolean(), z.array(z.string())]),
) as unknown as z.ZodType<ReportValues>;

/** When a report was sent, by the facts of the step that says so: an ISO instant. */
export const sentAtOf = (facts: unknown): string =>
  String((facts as Readonly<Record<string, unknown>> | null)?.['sentAt']);

/** Values of a draft as they are kept. */
export const valuesText = (values: ReportValues): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );

const readValues = (text: string): ReportValues => valuesSchema.parse(JSON.parse(text));

/** Values of each draft, in order; null once it was erased. @throws DataKeysError where keys can't be reached. */
export async function openDrafts(
  drafts: readonly SealedTextRow[],
): Promise<(ReportValues | null)[]> {
  const texts = await openTexts('incident_report_draft', drafts);
  return texts.map((text) => (text === null ? null : readValues(text)));
}

/**
 * A report with its newest draft and its steps; null where there is none of this id.
 * @throws DataKeysError where the key service can't be reached: a report is its texts.
 */
export async function loadReport(db: Database | Tx, id: string): Promise<ReportFile | null> {
  const row = await db.incidentReport.findUnique({
    where: { id },
    include: {
      drafts: { orderBy: { version: 'desc' }, take: 1 },
      steps: { orderBy: { seq: 'asc' }, take: stepsMax },
    },
  });
  const draft = row?.drafts[0];
  if (!row || !draft) return null;
  const [values = null] = await openDrafts([draft]);
  const steps = row.steps.map(({ seq, step, actor, at, facts, credentialId }) => ({
    seq,
    credentialId,
    step: step as ReportStep,
    actor,
    at: at.toISOString(),
    facts: facts as Record<string, unknown>,
  }));
  return {
    id: row.id,
    incidentId: row.incidentId,
    stage: row.stage as ReportStage,
    state: stateOf(steps),
    openedBy: row.openedBy,
    openedAt: row.openedAt.toISOString(),
    values,
    version: draft.version,
    writtenBy: draft.writtenBy,
    writtenAt: draft.writtenAt.toISOString(),
    steps,
  };
}

/** The same, with everybody else kept from writing about it until the caller's transaction ends. */
export async function lockReport(tx: Tx, id: string): Promise<ReportFile | null> {
  await lockNamed(tx, `incident report ${id}`);
  return loadReport(tx, id);
}

export const reportUnknown = (): Refused<'report-unknown'> =>
  refuse('report-unknown', 'There is no such report.');
export const reportMoved = (): Refused<'report-moved'> =>
  refuse(
    'report-moved',
    'Somebody did something with it in the meantime. Look at it again, then say what you want.',
  );
