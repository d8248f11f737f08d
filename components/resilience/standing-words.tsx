import type { ReactNode } from 'react';
import { activityStates } from '#lib/resilience/kinds/activity-words.ts';
import { criticalities } from '#lib/resilience/kinds/asset-words.ts';
import { consentStates } from '#lib/resilience/kinds/consent-words.ts';
import { dpiaStates } from '#lib/resilience/kinds/dpia-words.ts';
import { findingStates, severities } from '#lib/resilience/kinds/finding-words.ts';
import { noticeStates } from '#lib/resilience/kinds/notice-words.ts';
import { partyRoles } from '#lib/resilience/kinds/party-words.ts';
import { planStates, planTestStates } from '#lib/resilience/kinds/plan-words.ts';
import { processorStates } from '#lib/resilience/kinds/processor-words.ts';
import { riskGrades, riskStates } from '#lib/resilience/kinds/risk-words.ts';
import { testResults, testStates } from '#lib/resilience/kinds/test-words.ts';
import { transferStates, transferTools } from '#lib/resilience/kinds/transfer-words.ts';
import { daysAfter } from '#lib/resilience/days.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Day } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';

type Words = Readonly<Record<string, string>>;

/** The states that records of a kind have; a kind that is not here has none. */
export const stateWords: Readonly<Partial<Record<Kind, Words>>> = {
  contract: { active: 'In force', ended: 'Ended' },
  asset: { current: 'Current', legacy: 'Legacy' },
  risk: riskStates,
  finding: findingStates,
  test: testStates,
  plan: planStates,
  'plan-test': planTestStates,
  activity: activityStates,
  dpia: dpiaStates,
  transfer: transferStates,
  processor: processorStates,
  notice: noticeStates,
  consent: consentStates,
  party: partyRoles,
};

const riskWords: Words = Object.fromEntries(riskGrades.map(({ grade, name }) => [grade, name]));

/** What they are graded by. */
export const gradeWords: Readonly<Partial<Record<Kind, { name: string; words: Words }>>> = {
  function: {
    name: 'Criticality',
    words: {
      critical: 'Critical or important',
      'not-critical': 'Not critical',
      'not-assessed': 'Not assessed',
    },
  },
  contract: {
    name: 'Serves',
    words: { critical: 'Critical functions', 'not-critical': 'Other functions' },
  },
  asset: { name: 'Criticality', words: criticalities },
  risk: { name: 'Grade', words: riskWords },
  dpia: { name: 'Risk that is left', words: riskWords },
  transfer: { name: 'Rests on', words: transferTools },
  finding: { name: 'Severity', words: severities },
  test: { name: 'Result', words: testResults },
};

/** What the day of a record is the day of. */
export const dueWords: Readonly<Partial<Record<Kind, string>>> = {
  function: 'Assess again by',
  contract: 'Next exit test',
  asset: 'Support ends',
  risk: 'Next review',
  finding: 'Due',
  test: 'Planned for',
  plan: 'Next review',
  'plan-test': 'Planned for',
  activity: 'Next review',
  dpia: 'Next day',
  transfer: 'Next review',
  processor: 'Next review',
  notice: 'Next review',
  consent: 'Next review',
};

const atRest: ReadonlySet<string> = new Set([
  'ended',
  'closed',
  'validated',
  'accepted',
  'cancelled',
  'done',
  'passed',
  'withdrawn',
]);
const waits: ReadonlySet<string> = new Set(['planned', 'draft', 'remedied', 'open']);

const lookOf = (state: string): { shape: StatusShape; tone: Tone } => {
  if (state === 'failed') return { shape: 'triangle', tone: 'danger' };
  if (state === 'partly' || state === 'legacy') return { shape: 'triangle', tone: 'caution' };
  if (state === 'passed' || state === 'validated') return { shape: 'square', tone: 'good' };
  if (atRest.has(state)) return { shape: 'square', tone: 'quiet' };
  return { shape: waits.has(state) ? 'ring' : 'dot', tone: 'neutral' };
};

/** A state as shape and word; nothing for a kind without any. */
export function RecordState({ kind, state }: { kind: Kind; state: string | null }): ReactNode {
  if (state === null) return null;
  return <StatusMark {...lookOf(state)}>{stateWords[kind]?.[state] ?? state}</StatusMark>;
}

const gradeLook: Readonly<Record<string, { shape: StatusShape; tone: Tone }>> = {
  critical: { shape: 'triangle', tone: 'neutral' },
  high: { shape: 'dot', tone: 'neutral' },
  failed: { shape: 'triangle', tone: 'danger' },
  passed: { shape: 'square', tone: 'good' },
  'passed-with-findings': { shape: 'dot', tone: 'neutral' },
  'not-assessed': { shape: 'ring', tone: 'caution' },
};

export function RecordGrade({ kind, grade }: { kind: Kind; grade: string | null }): ReactNode {
  if (grade === null) return null;
  const look = gradeLook[grade] ?? { shape: 'square', tone: 'quiet' };
  return <StatusMark {...look}>{gradeWords[kind]?.words[grade] ?? grade}</StatusMark>;
}

/** Days ahead of its day from which a record is marked. */
export const soonDays = 30;

export type DueState = 'overdue' | 'soon' | 'later';

/** @param today yyyy-mm-dd. */
export const dueState = (dueOn: string, today: string): DueState =>
  dueOn < today ? 'overdue' : dueOn <= daysAfter(today, soonDays) ? 'soon' : 'later';

/** A day by which something has to happen, with its word where that is over or near. */
export function DueMark({ dueOn, today }: { dueOn: string | null; today: string }): ReactNode {
  if (dueOn === null) return <span className="text-text-quiet">None</span>;
  const state = dueState(dueOn, today);
  const day = <Day date={dueOn} />;
  if (state === 'later') return day;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      {day}
      {state === 'overdue' ? (
        <StatusMark shape="triangle" tone="danger">
          Overdue
        </StatusMark>
      ) : (
        <StatusMark shape="ring" tone="caution">
          Soon
        </StatusMark>
      )}
    </span>
  );
}
