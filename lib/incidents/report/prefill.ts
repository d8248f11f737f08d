/**
 * The first draft of a report from what the console knows, with the source of each value, and how far
 * a report is filled in. Pure.
 */
import { CONDITIONS, isFilled, type ReportContext } from './conditions.ts';
import type { FieldNo, FieldValue, ReportField, ReportValues, Stage } from './field-types.ts';
import { askedAt, RECLASSIFIED, REPORT_FIELDS, SUBMISSION_OF, SUBMISSION_WORDS } from './fields.ts';
import { readInstant, type Candidate, type Candidates, type ReportKnowledge } from './knowledge.ts';
import { finalCandidates } from './prefill-final.ts';
import { generalCandidates, incidentCandidates } from './prefill-general.ts';
import { effectCandidates, impactCandidates } from './prefill-impact.ts';

export type { Known, ReportKnowledge } from './knowledge.ts';

/** Filled: known. Inferred: an estimate, or concluded from something else. Missing: not known. */
export type Source = 'filled' | 'inferred' | 'missing';

export type Prefilled = {
  /** Null where it is missing. */
  value: FieldValue | null;
  source: Source;
  /** Where it comes from and when, or why it is missing, in a sentence. */
  from: string;
};

export type Draft = Partial<Record<FieldNo, Prefilled>>;

/** Fields that change as time goes by: the newest conclusion is better than what was sent. */
const MOVING: ReadonlySet<FieldNo> = new Set(['3.12', '3.15', '3.16', '3.17']);

/**
 * Drafts a report. A later stage begins with what was sent before, corrected by what is known now;
 * texts that people wrote stay as they were sent until somebody writes them anew.
 * @param stage the stage, or `reclassified` for a major incident that is none after all
 * @returns every field that the stage asks for, and those given early in what was sent before
 */
export function prefill(knowledge: ReportKnowledge, stage: Stage | 'reclassified'): Draft {
  const asked = stage === 'reclassified' ? 'initial' : stage;
  const candidates: Candidates = {
    ...generalCandidates(knowledge),
    ...incidentCandidates(knowledge),
    ...impactCandidates(knowledge),
    ...effectCandidates(knowledge),
    ...finalCandidates(knowledge),
  };
  const draft: Draft = {};
  for (const field of REPORT_FIELDS) {
    const sent = sentBefore(knowledge, field.no);
    if (field.duty[asked] === '-' && !sent) continue;
    draft[field.no] = choose(field, candidates[field.no], sent, knowledge);
  }
  draft['1.1'] = {
    value: stage === 'reclassified' ? RECLASSIFIED : SUBMISSION_OF[stage],
    source: 'filled',
    from: 'By the report that was begun.',
  };
  return draft;
}

/** The latest value that was sent for a field. */
function sentBefore({ sent = [] }: ReportKnowledge, no: FieldNo): Candidate | null {
  const last = sent.findLast(({ values }) => isFilled(values, no));
  const value = last?.values[no];
  if (!last || value === undefined) return null;
  return {
    value,
    isSure: true,
    from: `Sent with the ${SUBMISSION_WORDS[last.submission] ?? 'report'} of ${readInstant(last.at)}.`,
  };
}

function choose(
  field: ReportField,
  candidate: Candidate | undefined,
  sent: Candidate | null,
  { entered }: ReportKnowledge,
): Prefilled {
  const written = entered?.[field.no];
  if (written)
    return {
      value: written.value,
      source: written.estimated ? 'inferred' : 'filled',
      from: `From ${written.from}.`,
    };
  const isNewer = candidate && !field.isForPerson && (candidate.isSure || MOVING.has(field.no));
  if (candidate && (isNewer || !sent)) {
    const isCorrected = sent && JSON.stringify(sent.value) !== JSON.stringify(candidate.value);
    return {
      value: candidate.value,
      source: candidate.isSure ? 'filled' : 'inferred',
      from: isCorrected
        ? `${candidate.from} It differs from what was sent before.`
        : candidate.from,
    };
  }
  if (sent) return { value: sent.value, source: 'filled', from: sent.from };
  return { value: null, source: 'missing', from: whyMissing(field) };
}

function whyMissing({ condition, isForPerson }: ReportField): string {
  if (condition) return `Due only if ${CONDITIONS[condition].sentence}.`;
  return isForPerson ? 'Only a person can say this.' : 'Not on record yet.';
}

/** The values of a draft, without what is missing. */
export function valuesOf(draft: Draft): ReportValues {
  const values: Partial<Record<FieldNo, FieldValue>> = {};
  for (const { no } of REPORT_FIELDS) {
    const value = draft[no]?.value;
    if (value !== undefined && value !== null) values[no] = value;
  }
  return values;
}

export type Share = { filled: number; of: number };

/**
 * How far a report is filled in.
 * @returns counts of mandatory fields, and of the conditional ones whose condition is known to hold.
 */
export function dutyShare(
  values: ReportValues,
  stage: Stage,
  context: ReportContext = {},
): { mandatory: Share; conditional: Share } {
  const mandatory: Share = { filled: 0, of: 0 };
  const conditional: Share = { filled: 0, of: 0 };
  for (const { no, duty, condition } of askedAt(stage)) {
    const isDue =
      duty[stage] === 'M' || (condition && CONDITIONS[condition].holds(values, context) === true);
    if (!isDue) continue;
    const share = duty[stage] === 'M' ? mandatory : conditional;
    share.of += 1;
    if (isFilled(values, no)) share.filled += 1;
  }
  return { mandatory, conditional };
}
