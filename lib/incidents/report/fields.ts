/** The 76 fields of a report on a major incident (ITS 2025/302 Annexes I and II). */
import type { ReportField, Stage } from './field-types.ts';
import { EFFECT_FIELDS } from './fields-effects.ts';
import { FINAL_FIELDS } from './fields-final.ts';
import { GENERAL_FIELDS } from './fields-general.ts';
import { IMPACT_FIELDS } from './fields-impact.ts';
import { INCIDENT_FIELDS } from './fields-incident.ts';

/** In the order of the ITS. */
export const REPORT_FIELDS: readonly ReportField[] = [
  ...GENERAL_FIELDS,
  ...INCIDENT_FIELDS,
  ...IMPACT_FIELDS,
  ...EFFECT_FIELDS,
  ...FINAL_FIELDS,
];

/** The headings of Annex I, by the first figure of a field's number. */
export const SECTIONS: readonly { first: 1 | 2 | 3 | 4; words: string }[] = [
  { first: 1, words: 'General information about the financial entity' },
  { first: 2, words: 'Content of the initial notification' },
  { first: 3, words: 'Content of the intermediate report' },
  { first: 4, words: 'Content of the final report' },
];

const byNo = new Map<string, ReportField>(REPORT_FIELDS.map((field) => [field.no, field]));
const places = new Map<string, number>(REPORT_FIELDS.map(({ no }, place) => [no, place]));

/** The field of a number; null for a text that is no number of a field. */
export const fieldOf = (no: string): ReportField | null => byNo.get(no) ?? null;

/** Where a field stands among the 76, from 0; null for what is none. */
export const placeOf = (no: string): number | null => places.get(no) ?? null;

/** What a closed list calls a value; the value itself where the list doesn't know it. */
export const wordsOf = (field: ReportField, value: string): string =>
  field.choices?.find((choice) => choice.value === value)?.words ?? value;

const stages: Readonly<Record<string, Stage>> = {
  initial_notification: 'initial',
  intermediate_report: 'intermediate',
  final_report: 'final',
  // ITS Art 5: what was notified, taken back with the reasons.
  'major_incident_reclassified_as_non-major': 'initial',
};

/** The type of submission that says an incident isn't major after all. */
export const RECLASSIFIED = 'major_incident_reclassified_as_non-major';

/** The stage that a type of submission (1.1) is asked for; null for an unknown one. */
export const stageOf = (submission: unknown): Stage | null =>
  typeof submission === 'string' && Object.hasOwn(stages, submission)
    ? (stages[submission] ?? null)
    : null;

/** The type of submission (1.1) of a stage. */
export const SUBMISSION_OF: Readonly<Record<Stage, string>> = {
  initial: 'initial_notification',
  intermediate: 'intermediate_report',
  final: 'final_report',
};

/** Fields with a duty at a stage. */
export const askedAt = (stage: Stage): readonly ReportField[] =>
  REPORT_FIELDS.filter((field) => field.duty[stage] !== '-');

/** Each type of submission (1.1) in the middle of a sentence. */
export const SUBMISSION_WORDS: Readonly<Record<string, string>> = {
  initial_notification: 'initial notification',
  intermediate_report: 'intermediate report',
  final_report: 'final report',
  [RECLASSIFIED]: 'reclassification',
};
