import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';
import { countCalendar, type CalendarLine } from './calendar.ts';
import { standingOfRule } from './runs/load-report.ts';
import { ruleVersion } from './runs/rule-version.ts';
import { categoryCodes, runCodes, type CategoryCode, type RunCode } from './schedule.ts';

/** How a rule of the nightly run stands; null for a category that others end. */
export type RuleState = {
  isApproved: boolean;
  /** Of the newest night that reported. */
  newest: { run: string; outcome: string; due: number; acted: number; day: string } | null;
};
export type RetentionView = {
  lines: { code: CategoryCode; rule: RuleState | null }[];
  months: readonly string[];
  calendar: CalendarLine[];
  holds: { standing: number; overdue: number };
  /** Numbers of runs with a report that waits for somebody. */
  waiting: { run: string; rule: RunCode; due: number }[];
  can: { rehearse: boolean; decide: boolean };
  today: string;
};

/** The schedule with how each rule stands, what falls due in the months that come, and what waits for somebody. */
export async function viewRetention(
  actor: Actor,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<RetentionView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const today = dayOf(clock());
  return inSnapshot(db, async (tx) => {
    const rules = new Map<CategoryCode, RuleState>();
    for (const code of runCodes) rules.set(code, await stateOfRule(tx, code));
    const standing = { state: { in: ['standing', 'lift-proposed'] } };
    const { months, lines } = await countCalendar(tx, today);
    return ok({
      lines: categoryCodes.map((code) => ({ code, rule: rules.get(code) ?? null })),
      months,
      calendar: lines,
      holds: {
        standing: await tx.privacyHoldStanding.count({ where: standing }),
        overdue: await tx.privacyHoldStanding.count({
          where: { ...standing, reviewOn: { lt: startOfDay(today) } },
        }),
      },
      waiting: runCodes.flatMap((rule) => {
        const newest = rules.get(rule)?.newest;
        return newest && (newest.outcome === 'waits' || newest.outcome === 'asks')
          ? [{ run: newest.run, rule, due: newest.due }]
          : [];
      }),
      can: {
        rehearse: true,
        decide: actor.scopes.has('privacy:approve') && !actor.roles.includes('dpo'),
      },
      today,
    });
  });
}

/** How a rule stands by the newest night that reported it. */
export async function stateOfRule(tx: Tx, rule: RunCode): Promise<RuleState> {
  const report = await tx.retentionReport.findFirst({
    where: { rule, phase: 'ended', run: { kind: 'nightly' } },
    orderBy: { endedAt: 'desc' },
    include: { run: { select: { number: true, day: true } } },
  });
  const { isApproved } = await standingOfRule(tx, rule, ruleVersion(rule));
  const isDecided =
    report !== null &&
    isApproved &&
    (await tx.retentionDecision.count({
      where: { runId: report.runId, rule, decision: 'approved' },
    })) > 0;
  return {
    isApproved,
    newest: report && {
      run: report.run.number,
      // What was approved waits for the night alone.
      outcome: isDecided ? 'approved' : (report.outcome ?? 'nothing'),
      due: report.due,
      acted: report.acted,
      day: dayOf(report.run.day),
    },
  };
}
