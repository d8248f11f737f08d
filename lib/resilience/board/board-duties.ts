/**
 * The duties of the management body (DORA Art 5(2) and 5(4)) as data, each with what shows that it was done and how
 * often that is asked again, and how each stands. A change of the law is a change of a line. Pure.
 */
import { monthsAfter } from '../days.ts';
import type { Decision } from './pack.ts';

export type BoardDuty = {
  id: string;
  article: string;
  what: string;
  evidence: string;
  /**
   * Months after which evidence is too old. The law names a year for the policy on ICT providers (RTS policy 3(1)) and
   * "periodically" for most others; the rest are house values.
   */
  everyMonths: number;
  /** Packs with the signature of a member other than their maker show it by themselves; everything else is put on record. */
  shownBy: 'evidence' | 'packs' | 'training';
  /** Whether a decision that only takes note is enough. */
  notedIsEnough: boolean;
};

const approved = { shownBy: 'evidence', notedIsEnough: false } as const;

export const boardDuties: readonly BoardDuty[] = [
  {
    id: '5-2-a',
    article: 'DORA 5(2)(a)',
    what: 'Ultimate responsibility for managing ICT risk',
    evidence: 'Statement of responsibility, minutes',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-b',
    article: 'DORA 5(2)(b)',
    what: 'Policies on availability, authenticity, integrity and confidentiality of data',
    evidence: 'Approved versions of the policies',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-c',
    article: 'DORA 5(2)(c)',
    what: 'Roles and responsibilities for all ICT functions',
    evidence: 'Role chart with its date',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-d',
    article: 'DORA 5(2)(d)',
    what: 'Strategy of digital operational resilience, with the tolerance of risk',
    evidence: 'Approval with the figures of tolerance',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-e',
    article: 'DORA 5(2)(e)',
    what: 'Policy on continuity, and plans for response and recovery',
    evidence: 'Approval and periodic review',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-f',
    article: 'DORA 5(2)(f)',
    what: 'Plans of ICT audits, audits, and material changes to them',
    evidence: 'Approval and periodic review',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-g',
    article: 'DORA 5(2)(g)',
    what: 'Budget for resilience, with awareness and training of all staff',
    evidence: 'Decision on the budget, list of trainings',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-h',
    article: 'DORA 5(2)(h); RTS policy 3(1)',
    what: 'Policy on the use of ICT services of third parties',
    evidence: 'Approval and yearly review',
    everyMonths: 12,
    ...approved,
  },
  {
    id: '5-2-i',
    article: 'DORA 5(2)(i)',
    what: 'Reports on contracts, planned material changes, their effect on critical functions, and major incidents',
    evidence: 'Pack of the quarter, signed by a member who did not make it',
    everyMonths: 4,
    shownBy: 'packs',
    notedIsEnough: true,
  },
  {
    id: '5-4',
    article: 'DORA 5(4)',
    what: 'Knowledge of every member kept up to date',
    evidence: 'Training of each member: date and topic',
    everyMonths: 12,
    shownBy: 'training',
    notedIsEnough: false,
  },
];

/** The duties that people put evidence on record for. */
export const recordedDuties = boardDuties.filter(({ shownBy }) => shownBy === 'evidence');

/** The last day of what shows a duty: of evidence, of a signed pack, or of the member whose training is oldest. */
export type Shown = { on: string; decision: Decision } | null;

export type DutyState = 'kept' | 'missing' | 'old';

/** @param today yyyy-mm-dd. */
export function stateOfDuty(
  { everyMonths, notedIsEnough }: BoardDuty,
  shown: Shown,
  today: string,
): { state: DutyState; dueOn: string | null } {
  if (shown === null || (shown.decision === 'noted' && !notedIsEnough))
    return { state: 'missing', dueOn: null };
  const dueOn = monthsAfter(shown.on, everyMonths);
  return { state: dueOn < today ? 'old' : 'kept', dueOn };
}
