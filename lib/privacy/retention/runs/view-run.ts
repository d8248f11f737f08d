import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../../requests/may-read.ts';
import { isRunCode, runCodes, type RunCode } from '../schedule.ts';
import { standingOfRule } from './load-report.ts';
import { boundOf } from './outcome.ts';
import { ruleVersion } from './rule-version.ts';
import type { Skipped } from './skips.ts';

export type ReportView = {
  rule: RunCode;
  phase: 'counting' | 'acting' | 'ended';
  outcome: string | null;
  due: number;
  skipped: Skipped;
  /** Days from which the periods of the first and the last counted. */
  oldest: string | null;
  newest: string | null;
  sample: string[];
  acted: number;
  /** How many of those that were put down are gone, were left after all, or wait. */
  items: { waiting: number; done: number; left: number };
  decisions: { decision: string; by: string; at: string }[];
  /** More than that in a night is asked about. */
  bound: number;
  may: { approve: boolean; stop: boolean };
};
export type RunView = {
  id: string;
  number: string;
  kind: 'nightly' | 'rehearsal';
  day: string;
  by: string;
  /** ISO instants. */
  askedAt: string;
  endedAt: string | null;
  reports: ReportView[];
};

const runNumber = z.string().regex(/^RR-\d{4}-\d{6,10}$/);

/** One run with the report of each rule; who is due stands there by id alone. @param asked its number, or its id. */
export async function viewRun(
  actor: Actor,
  asked: string,
  { db }: Pick<Context, 'db'>,
): Promise<Result<RunView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const unknown = refuse('run-unknown', 'There is no such run.');
  const isNumber = runNumber.safeParse(asked).success;
  if (!isNumber && !z.uuid().safeParse(asked).success) return unknown;
  const names = await operatorNames(db);
  const decides = actor.scopes.has('privacy:approve') && !actor.roles.includes('dpo');
  return inSnapshot(db, async (tx) => {
    const run = await tx.retentionRun.findUnique({
      where: isNumber ? { number: asked } : { id: asked },
      include: { reports: { include: { decisions: { orderBy: { at: 'asc' } } } } },
    });
    if (!run) return unknown;
    const reports: ReportView[] = [];
    for (const rule of runCodes) {
      const report = run.reports.find((one) => one.rule === rule);
      if (!report || !isRunCode(report.rule)) continue;
      const standing = await standingOfRule(tx, rule, report.version);
      const isNewest =
        decides && run.kind === 'nightly' && (await isNewestOf(tx, rule, report.endedAt));
      const isAsIs = isNewest && report.version === ruleVersion(rule);
      const has = (decision: string): boolean =>
        report.decisions.some((one) => one.decision === decision);
      reports.push({
        rule,
        phase: report.phase as ReportView['phase'],
        outcome: report.outcome,
        due: report.due,
        skipped: report.skipped as Skipped,
        oldest: report.oldest && dayOf(report.oldest),
        newest: report.newest && dayOf(report.newest),
        sample: report.sample,
        acted: report.acted,
        items: await countItems(tx, run.id, rule),
        decisions: report.decisions.map(({ decision, actor: by, at }) => ({
          decision,
          by: names(by),
          at: at.toISOString(),
        })),
        bound: boundOf(standing),
        may: {
          approve:
            isAsIs && (report.outcome === 'waits' || report.outcome === 'asks') && !has('approved'),
          stop: isAsIs && standing.isApproved && !has('stopped'),
        },
      });
    }
    return ok({
      id: run.id,
      number: run.number,
      kind: run.kind === 'nightly' ? 'nightly' : 'rehearsal',
      day: dayOf(run.day),
      by: run.askedBy === 'system' ? 'The system' : names(run.askedBy),
      askedAt: run.askedAt.toISOString(),
      endedAt: run.endedAt?.toISOString() ?? null,
      reports,
    });
  });
}

const isNewestOf = async (tx: Tx, rule: RunCode, endedAt: Date | null): Promise<boolean> =>
  endedAt !== null &&
  (await tx.retentionReport.count({
    where: { rule, endedAt: { gt: endedAt }, run: { kind: 'nightly' } },
  })) === 0;

async function countItems(tx: Tx, runId: string, rule: RunCode): Promise<ReportView['items']> {
  const rows = await tx.retentionItem.groupBy({
    by: ['state'],
    where: { runId, rule },
    _count: true,
  });
  const of = (...states: string[]): number =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row._count, 0);
  return { waiting: of('due', 'begun'), done: of('done'), left: of('left') };
}
