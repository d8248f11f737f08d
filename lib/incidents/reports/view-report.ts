/** A report as its page shows it: each field with where its value comes from, what is missing, and what may be done. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { inTextSnapshot } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { loadIncident, titleOf } from '../desk/load-incident.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { clocksOf } from '../limits/clocks-of.ts';
import type { Finding } from '../report-rules.ts';
import type { FieldNo, FieldValue, Stage } from '../report/field-types.ts';
import { REPORT_FIELDS } from '../report/fields.ts';
import { dutyShare, prefill, type Share } from '../report/prefill.ts';
import { initialDueFor } from './alone-limit.ts';
import { blockingRules, documentOf } from './document-of.ts';
import {
  aloneWithinMinutes,
  isWritable,
  mayGoAlone,
  mayStep,
  type ReportStage,
  type ReportState,
  type ReportStep,
} from './life.ts';
import { loadKnowledge } from './load-knowledge.ts';
import { reportContext } from './report-context.ts';
import { loadReport, openDrafts, reportUnknown, type ReportFile } from './load-report.ts';
import { findStandingFault } from './stage-fault.ts';

export type FieldView = {
  no: FieldNo;
  value: FieldValue | null;
  /** entered: a person wrote it; the others as the draft found it. */
  source: 'filled' | 'inferred' | 'missing' | 'entered';
  from: string;
  /** What the console would fill in now, where that is something else. */
  offered: { value: FieldValue; from: string } | null;
  /** What was sent for it before, where that is something else. */
  before: FieldValue | null;
};

export type ReportStepView = {
  seq: number;
  step: ReportStep;
  by: string;
  at: string;
  /** What the person calls the key that signed it; null for a step without one. */
  key: string | null;
  facts: Readonly<Record<string, unknown>>;
};

export type ReportView = {
  id: string;
  incident: { id: string; number: string; title: string };
  stage: ReportStage;
  state: ReportState;
  version: number;
  writtenBy: string;
  writtenAt: string;
  stepCount: number;
  fields: FieldView[];
  findings: Finding[];
  blocking: string[];
  share: { mandatory: Share; conditional: Share };
  digest: string;
  /** The digest in six words. */
  words: string[];
  steps: ReportStepView[];
  due: { dueAt: string; isSoon: boolean } | null;
  isErased: boolean;
  serverNow: string;
  can: Readonly<
    Record<
      | 'write'
      | 'raise'
      | 'release'
      | 'alone'
      | 'decline'
      | 'withdraw'
      | 'send'
      | 'receipt'
      | 'review',
      boolean
    >
  >;
};

export async function viewReport(
  actor: Actor,
  input: { id: string },
  { db, clock }: Context,
): Promise<Result<ReportView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const id = z.uuid().safeParse(input.id);
  if (!id.success) return reportUnknown();
  const now = clock();
  const nameOf = await operatorNames(db);
  return inTextSnapshot(db, async (tx) => {
    const report = await loadReport(tx, id.data.toLowerCase());
    const file = report && (await loadIncident(tx, report.incidentId));
    if (!report || !file) return reportUnknown();
    const values = report.values ?? {};
    const profile = await loadProfile(tx);
    const knowledge = await loadKnowledge(tx, file, profile, now);
    const known = prefill(knowledge, report.stage);
    const stage: Stage = report.stage === 'reclassified' ? 'initial' : report.stage;
    const context = reportContext(file, profile, {
      now,
      hasAuthorityCode: knowledge.authorityReference !== undefined,
    });
    const made = documentOf(values, context);
    const before = await sentBefore(tx, report);
    const running = clocksOf(file, profile, now).find(
      ({ id: clock, standing }) => clock === stage && standing === 'running',
    );
    const dueAt = running?.due ? new Date(running.due) : null;
    const aloneDueAt = initialDueFor(actor.personId, file, profile, now);
    return ok({
      id: report.id,
      incident: { id: file.id, number: file.number, title: shownText(titleOf(file)) },
      stage: report.stage,
      state: report.state,
      version: report.version,
      writtenBy: nameOf(report.writtenBy),
      writtenAt: report.writtenAt,
      stepCount: report.steps.length,
      fields: REPORT_FIELDS.map(({ no }) => fieldView(no, { values, known, before })),
      findings: made.findings,
      blocking: blockingRules(made.findings),
      share: dutyShare(values, stage, context),
      digest: made.digest,
      words: digestWords(made.digest),
      steps: await stepsOf(tx, report, nameOf),
      serverNow: now.toISOString(),
      due: dueAt
        ? {
            dueAt: dueAt.toISOString(),
            isSoon: dueAt.getTime() - now.getTime() <= aloneWithinMinutes * 60_000,
          }
        : null,
      isErased: report.values === null,
      can: mayNow(actor, report, {
        alone: (isOverride) => mayGoAlone(report.stage, { dueAt: aloneDueAt, now, isOverride }),
        isFor: findStandingFault(report.stage, file) === null,
      }),
    });
  });
}

/** Steps with the names of people and of their keys. */
async function stepsOf(
  tx: Tx,
  { steps }: ReportFile,
  nameOf: (person: string) => string,
): Promise<ReportStepView[]> {
  const keys = await tx.credential.findMany({
    where: { id: { in: steps.flatMap(({ credentialId }) => credentialId ?? []) } },
    select: { id: true, label: true },
  });
  const labels = new Map(keys.map(({ id, label }) => [id, shownText(label)]));
  return steps.map(({ seq, step, actor, at, facts, credentialId }) => ({
    seq,
    step,
    at,
    facts,
    by: nameOf(actor),
    key: credentialId === null ? null : (labels.get(credentialId) ?? 'removed'),
  }));
}

const isSame = (one: FieldValue | undefined, other: FieldValue | null | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

type Drafted = {
  values: Readonly<Partial<Record<FieldNo, FieldValue>>>;
  known: ReturnType<typeof prefill>;
  before: Readonly<Partial<Record<FieldNo, FieldValue>>>;
};

function fieldView(no: FieldNo, { values, known, before }: Drafted): FieldView {
  const value = values[no];
  const found = known[no];
  const isKnown = found !== undefined && isSame(value, found.value);
  const offered =
    found?.value !== undefined && found.value !== null && !isKnown
      ? { value: found.value, from: found.from }
      : null;
  const sent = before[no];
  return {
    no,
    value: value ?? null,
    source: value === undefined ? 'missing' : isKnown ? found.source : 'entered',
    from:
      value === undefined
        ? (found?.from ?? 'Not asked for at this stage.')
        : isKnown
          ? found.from
          : 'Written by a person.',
    offered,
    before: sent !== undefined && !isSame(sent, value) ? sent : null,
  };
}

/** Values of the report that was sent last before this one. */
async function sentBefore(
  tx: Tx,
  report: ReportFile,
): Promise<Readonly<Partial<Record<FieldNo, FieldValue>>>> {
  const last = await tx.incidentReport.findFirst({
    where: {
      incidentId: report.incidentId,
      id: { not: report.id },
      openedAt: { lt: new Date(report.openedAt) },
      steps: { some: { step: 'sent' } },
    },
    orderBy: { openedAt: 'desc' },
    include: { drafts: { orderBy: { version: 'desc' }, take: 1 } },
  });
  const [values] = await openDrafts(last?.drafts ?? []);
  return values ?? {};
}

function mayNow(
  { scopes, personId }: Actor,
  { state, steps, values }: ReportFile,
  asked: {
    alone: (isOverride: boolean) => boolean;
    /** Whether the incident, as it was decided on, is one that such a report is for. */
    isFor: boolean;
  },
): ReportView['can'] {
  const raises = scopes.has('report:raise');
  const approves = scopes.has('report:approve');
  const raised = steps.findLast(({ step }) => step === 'raised');
  const isMine = raised?.actor === personId;
  const isOverride = raised?.facts['override'] === true;
  const alone = asked.alone(isOverride);
  const wentAlone = steps.some(({ step, facts }) => step === 'released' && facts['alone'] === true);
  const isReviewed = steps.some(({ step }) => step === 'reviewed');
  return {
    write: raises && isWritable(state) && values !== null,
    raise: raises && mayStep(state, 'raised') && values !== null && asked.isFor,
    release: approves && mayStep(state, 'released') && (!isMine || alone) && asked.isFor,
    alone: approves && mayStep(state, 'released') && isMine && alone && asked.isFor,
    decline: approves && mayStep(state, 'declined') && !isMine,
    withdraw: raises && mayStep(state, 'withdrawn') && isMine,
    send: raises && mayStep(state, 'sent'),
    receipt: raises && mayStep(state, 'receipt'),
    review: approves && mayStep(state, 'reviewed') && wentAlone && !isMine && !isReviewed,
  };
}
