/**
 * Clocks of the registers: from when, until when, and how it stands. Pure; every instant is passed in.
 * Where the law says "as soon as possible" or "within reasonable time" the figure is a target of the
 * house, and it says so.
 */
import { addBusinessDays } from '#lib/reconciliation/breaks/business-days.ts';

export type ClockRule = {
  /** What has to be done. */
  what: string;
  /** Where it comes from, as people read it. */
  basis: string;
  span: { businessDays: number } | { months: number };
};

/** Every clock of the registers. */
export const clockRules = {
  complaintAcknowledged: {
    what: 'Acknowledge the complaint',
    basis:
      'Without undue delay (Delegated Regulation 2025/294 Art 4); target of the house: 2 business days',
    span: { businessDays: 2 },
  },
  complaintDecided: {
    what: 'Decide and answer with reasons',
    basis: 'Within two months of receipt (MiCA Art 71, Delegated Regulation 2025/294)',
    span: { months: 2 },
  },
  assetsReturned: {
    what: 'Return the assets or the means of access',
    basis: 'As soon as possible (MiCA Art 75(6)); target of the house: 2 business days',
    span: { businessDays: 2 },
  },
  entitlementsDetermined: {
    what: 'Determine who is entitled, and approve it',
    basis:
      'Recorded immediately in the register of positions (MiCA Art 75(4)); target of the house: 1 business day',
    span: { businessDays: 1 },
  },
  lossDecided: {
    what: 'Decide whether the loss is attributable',
    basis: 'Target of the house: 5 business days (MiCA Art 75(8) names none)',
    span: { businessDays: 5 },
  },
  entitlementsHandedOut: {
    what: 'Hand out what the event brought',
    basis: 'Target of the house: 5 business days after approval (MiCA Art 75(4) names none)',
    span: { businessDays: 5 },
  },
  clientsInformed: {
    what: 'Inform clients of the sub-custodian',
    basis: 'MiCA Art 75(9); target of the house: 5 business days',
    span: { businessDays: 5 },
  },
  dueDiligenceReviewed: {
    what: 'Review the due diligence',
    basis: 'Target of the house: every 12 months',
    span: { months: 12 },
  },
  authorisationChecked: {
    what: 'Check the authorisation again',
    basis: 'MiCA Art 75(9) with Art 59; target of the house: every 12 months',
    span: { months: 12 },
  },
} as const satisfies Record<string, ClockRule>;
export type ClockName = keyof typeof clockRules;

/**
 * open: there is time; due: four fifths of it are over; overdue: it is over and nothing was done; met
 * and late: it was done, in time or after.
 */
export type ClockState = 'open' | 'due' | 'overdue' | 'met' | 'late';

export type ClockReading = {
  rule: ClockName;
  /** ISO instants. */
  from: string;
  until: string;
  doneAt: string | null;
  state: ClockState;
};

/** End of the span: of the last business day, or of the same day so many months later (UTC). */
export function clockEnd(rule: ClockName, from: Date): Date {
  const { span } = clockRules[rule];
  return 'months' in span ? addMonths(from, span.months) : addBusinessDays(from, span.businessDays);
}

/**
 * How a clock stands now.
 * @param doneAt when what it is about was done, null while it was not.
 * @param until where an agreement names another end than the rule.
 */
export function readClock(
  rule: ClockName,
  {
    from,
    doneAt,
    now,
    until = clockEnd(rule, from),
  }: { from: Date; doneAt: Date | null; now: Date; until?: Date },
): ClockReading {
  return {
    rule,
    from: from.toISOString(),
    until: until.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    state: stateOf(from, until, doneAt, now),
  };
}

function stateOf(from: Date, until: Date, doneAt: Date | null, now: Date): ClockState {
  if (doneAt !== null) return doneAt <= until ? 'met' : 'late';
  if (now > until) return 'overdue';
  const [passed, whole] = [now.getTime() - from.getTime(), until.getTime() - from.getTime()];
  return passed * 5 >= whole * 4 ? 'due' : 'open';
}

/**
 * The day that bears the same number so many months later, to its end; the month's last day where it
 * has no such day (Regulation 1182/71 Art 3(2)(c)).
 */
export function addMonths(from: Date, months: number): Date {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  return new Date(Date.UTC(year, month, day + 1) - 1);
}
