/** The life of a report from its first draft to the authority's receipt. The database holds the same. Pure. */
import type { Stage } from '../report/field-types.ts';

export type ReportStage = Stage | 'reclassified';
export const reportStages = {
  initial: 'Initial notification',
  intermediate: 'Intermediate report',
  final: 'Final report',
  reclassified: 'Reclassification as not major',
} as const satisfies Record<ReportStage, string>;

export const reportStates = {
  draft: 'Draft',
  raised: 'Waits for a second person',
  declined: 'Declined, to be written on',
  withdrawn: 'Withdrawn, to be written on',
  released: 'Released, to be sent',
  sent: 'Sent',
  receipt: 'Sent, receipt recorded',
  reviewed: 'Sent, reviewed',
} as const;
export type ReportState = keyof typeof reportStates;
export type ReportStep = Exclude<ReportState, 'draft'>;

const after: Readonly<Record<ReportStep, readonly ReportState[]>> = {
  raised: ['draft', 'declined', 'withdrawn'],
  declined: ['raised'],
  withdrawn: ['raised'],
  released: ['raised'],
  sent: ['released'],
  receipt: ['sent', 'receipt', 'reviewed'],
  reviewed: ['sent', 'receipt'],
};

/**
 * Where a report stands by its steps, in their order. Reviews were once taken before the sending was recorded: such a
 * report is still to be sent, and the database takes it as well.
 */
export function stateOf(steps: readonly { step: ReportStep }[]): ReportState {
  const state = steps.at(-1)?.step ?? 'draft';
  return state === 'reviewed' && !steps.some(({ step }) => step === 'sent') ? 'released' : state;
}

/** Steps that a report may have; the database allows no more. */
export const stepsMax = 200;
/** How many a report may have before each step, so that what has to follow still fits. */
const stepsBefore: Readonly<Partial<Record<ReportStep, number>>> = {
  raised: stepsMax - 20,
  receipt: stepsMax - 10,
};
/** Why one step more does not fit, as a sentence; null where it does. */
export const findStepsFull = (count: number, step: ReportStep): string | null =>
  count < (stepsBefore[step] ?? stepsMax)
    ? null
    : `This report took ${count} steps, and the few that are left are kept for its release and sending.`;

export const mayStep = (state: ReportState, step: ReportStep): boolean =>
  after[step].includes(state);

export const isWritable = (state: ReportState): boolean => mayStep(state, 'raised');

/** How a report gets to the authority; other means where its portal can't be reached (DORA Art 19(1)). */
export const channels = {
  portal: 'The authority’s portal',
  email: 'E-mail to the authority',
  'other-means': 'Other means, the portal can’t be reached',
} as const;
export type Channel = keyof typeof channels;

/** Minutes before its limit from which one person may release an initial notification. */
export const aloneWithinMinutes = 60;

/**
 * Whether one person may release a report without a second: an initial notification whose limit is near or over,
 * and which keeps every rule. Another person reviews it afterwards.
 */
export function mayGoAlone(
  stage: ReportStage,
  { dueAt, now, isOverride }: { dueAt: Date | null; now: Date; isOverride: boolean },
): boolean {
  if (stage !== 'initial' || isOverride || dueAt === null) return false;
  return dueAt.getTime() - now.getTime() <= aloneWithinMinutes * 60_000;
}
