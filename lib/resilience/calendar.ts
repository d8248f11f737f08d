/**
 * The recurring duties of the resilience framework as data, each with its article and frequency, and when each is
 * due next. A change of the law is a change of a line. Pure.
 */
import { daysAfter, monthsAfter } from './days.ts';

/** How often: in days or in months; null where the law asks for it on an event or from time to time. */
export type Every = { days: number } | { months: number } | null;

/** Records whose days show that a duty was done. */
export type Shown =
  | 'functions-assessed'
  | 'assets-assessed'
  | 'risks-reviewed'
  | 'accepted-risks-reviewed'
  | 'vulnerability-scan'
  | 'plan-test'
  | 'crisis-communication-test'
  | 'backup-test'
  | 'critical-systems-tested'
  | 'tlpt'
  | 'exit-plan-test'
  | 'register-submitted'
  | 'recurring-incidents'
  | 'access-review'
  | null;

export type Duty = {
  id: string;
  what: string;
  article: string;
  every: Every;
  /** What else sets it off. */
  also?: string;
  shownBy: Shown;
};

const yearly: Every = { months: 12 };

export const duties: readonly Duty[] = [
  {
    id: 'framework-review',
    what: 'Review of the ICT risk management framework, with a report',
    article: 'DORA 6(5)',
    every: yearly,
    also: 'after a major incident, on instruction, after tests or audits',
    shownBy: null,
  },
  {
    id: 'internal-audit',
    what: 'Internal audit of the framework, and follow-up of critical findings',
    article: 'DORA 6(6), 6(7)',
    every: null,
    also: 'by the audit plan',
    shownBy: null,
  },
  {
    id: 'classification',
    what: 'Classification of functions, assets and roles',
    article: 'DORA 8(1)',
    every: yearly,
    shownBy: 'functions-assessed',
  },
  {
    id: 'risk-scenarios',
    what: 'Risk scenarios',
    article: 'DORA 8(2)',
    every: yearly,
    shownBy: 'risks-reviewed',
  },
  {
    id: 'change-assessment',
    what: 'Risk assessment of a major change',
    article: 'DORA 8(3)',
    every: null,
    also: 'on each major change',
    shownBy: null,
  },
  {
    id: 'inventories',
    what: 'Inventories of assets and of processes that depend on providers',
    article: 'DORA 8(6)',
    every: null,
    also: 'on change, and from time to time',
    shownBy: 'assets-assessed',
  },
  {
    id: 'legacy-systems',
    what: 'Risk assessment of legacy systems',
    article: 'DORA 8(7)',
    every: yearly,
    also: 'before and after they are connected',
    shownBy: null,
  },
  {
    id: 'accepted-risks',
    what: 'Review of accepted residual risks',
    article: 'RTS risk 3(1)(d)',
    every: yearly,
    shownBy: 'accepted-risks-reviewed',
  },
  {
    id: 'vulnerability-scans',
    what: 'Vulnerability scans of assets for critical functions',
    article: 'RTS risk 10(2)',
    every: { days: 7 },
    shownBy: 'vulnerability-scan',
  },
  {
    id: 'network-design',
    what: 'Review of network architecture and security design',
    article: 'RTS risk 13(i)',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'access-critical',
    what: 'Review of access to systems of critical functions',
    article: 'RTS risk 21(e)(iv)',
    every: { months: 6 },
    shownBy: 'access-review',
  },
  {
    id: 'access-other',
    what: 'Review of access to all other systems',
    article: 'RTS risk 21(e)(iv)',
    every: yearly,
    shownBy: 'access-review',
  },
  {
    id: 'plan-tests',
    what: 'Tests of continuity, response and recovery plans for all functions, with cyber-attack and switchover',
    article: 'DORA 11(6)',
    every: yearly,
    also: 'on substantive change of critical systems',
    shownBy: 'plan-test',
  },
  {
    id: 'crisis-communication',
    what: 'Test of crisis communication',
    article: 'DORA 11(6)(b)',
    every: yearly,
    shownBy: 'crisis-communication-test',
  },
  {
    id: 'backup-tests',
    what: 'Tests of backup and restore',
    article: 'DORA 12(2)',
    every: null,
    also: 'from time to time',
    shownBy: 'backup-test',
  },
  {
    id: 'system-tests',
    what: 'Tests of all ICT systems for critical functions',
    article: 'DORA 24(6)',
    every: yearly,
    shownBy: 'critical-systems-tested',
  },
  {
    id: 'tlpt',
    what: 'Threat-led penetration test, where the authority has identified the entity',
    article: 'DORA 26(1), 26(8)',
    every: { months: 36 },
    also: 'at least every third by external testers',
    shownBy: 'tlpt',
  },
  {
    id: 'lessons-report',
    what: 'Report of senior ICT staff to the board on lessons',
    article: 'DORA 13(5)',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'training',
    what: 'Training of all staff, senior management and the board',
    article: 'DORA 13(6), 5(4)',
    every: null,
    also: 'regularly',
    shownBy: null,
  },
  {
    id: 'provider-policy',
    what: 'Review by the board of the policy on ICT services for critical functions',
    article: 'RTS policy 3(1)',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'new-contracts',
    what: 'Report on new contracts to the authority',
    article: 'DORA 28(3)',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'register',
    what: 'Submission of the register of information',
    article: 'DORA 28(3)',
    every: yearly,
    also: 'kept current',
    shownBy: 'register-submitted',
  },
  {
    id: 'planned-contracts',
    what: 'Notice of a planned contract for a critical function, or of a function that becomes critical',
    article: 'DORA 28(3)',
    every: null,
    also: 'in a timely manner',
    shownBy: null,
  },
  {
    id: 'exit-plans',
    what: 'Tests and reviews of exit plans',
    article: 'DORA 28(8); RTS policy 10',
    every: null,
    also: 'from time to time',
    shownBy: 'exit-plan-test',
  },
  {
    id: 'recurring-incidents',
    what: 'Search for recurring incidents',
    article: '2024/1772 8(2)',
    every: { months: 1 },
    shownBy: 'recurring-incidents',
  },
  {
    id: 'casp-continuity',
    what: 'Self-assessment of continuity, and review of its policy',
    article: '2025/299',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'conflicts',
    what: 'Review of the policy on conflicts of interest',
    article: 'MiCA 72(4)',
    every: yearly,
    shownBy: null,
  },
  {
    id: 'positions',
    what: 'Statement of position to each client',
    article: 'MiCA 75(5)',
    every: { months: 3 },
    also: 'on request',
    shownBy: null,
  },
];

export type DutyDay = Duty & {
  /** Last day on which it was done, as records show; null where none does. */
  lastOn: string | null;
  /** Null where the law names no frequency. */
  dueOn: string | null;
  /** `unknown` where a frequency is asked and no record shows when it was done last. */
  state: 'due' | 'overdue' | 'on-event' | 'unknown';
};

/** The day on which a duty is due after it was done. */
export function dueAfter(every: Every, lastOn: string): string | null {
  if (every === null) return null;
  return 'days' in every ? daysAfter(lastOn, every.days) : monthsAfter(lastOn, every.months);
}

/**
 * All duties with the day on which each is due next, soonest first; those without a day at the end.
 * @param shown the last day that records show, by what shows it.
 */
export function dutyCalendar(
  shown: Readonly<Partial<Record<Exclude<Shown, null>, string | null>>>,
  today: string,
): DutyDay[] {
  const days = duties.map((duty): DutyDay => {
    const lastOn = duty.shownBy === null ? null : (shown[duty.shownBy] ?? null);
    const dueOn = lastOn === null ? null : dueAfter(duty.every, lastOn);
    return { ...duty, lastOn, dueOn, state: stateOf(duty.every, dueOn, today) };
  });
  return days.toSorted((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'));
}

function stateOf(every: Every, dueOn: string | null, today: string): DutyDay['state'] {
  if (every === null) return 'on-event';
  if (dueOn === null) return 'unknown';
  return dueOn < today ? 'overdue' : 'due';
}
