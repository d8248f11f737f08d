/**
 * Goes on with a run: by each rule, first counts what is due, then, where it may, puts down what is to go. Every page is
 * one transaction that also writes how far it came, so that a run that was interrupted goes on and counts once.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction, isRetryable, type Tx } from '#lib/platform/db/transaction.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { retentionTopic } from '../holds/append-hold-event.ts';
import { runCodes, type RunCode } from '../schedule.ts';
import { findDue, fromTheStart, spanOf, type DueRow } from './find-due.ts';
import { standingOfRule, type ApprovalProof, type RuleStanding } from './load-report.ts';
import { actsMax, verdictOf } from './outcome.ts';
import { ruleVersion } from './rule-version.ts';
import { addSkipped, countSkipped, type Skipped } from './skips.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { isProved: ApprovalProof };
type Report = NonNullable<Awaited<ReturnType<Tx['retentionReport']['findUnique']>>>;

/** Rows of one page; a transaction of so many takes far less than a second. */
export const pageSize = 200;
const sampleMax = 10;

/** A rule by which a run can't go on. */
export class RuleError extends Error {
  readonly rule: RunCode;

  constructor(rule: RunCode, cause: unknown) {
    const why = cause instanceof Error ? cause.message : 'unknown';
    super(`A run of retention can’t go on by the rule ${rule}: ${why}`, { cause });
    this.name = 'RuleError';
    this.rule = rule;
  }
}

/**
 * One page of an open run.
 * @param aside rules that failed lately: they come last, so that they keep none of the others waiting.
 * @returns whether the run is over.
 * @throws RuleError where a rule can't go on; nothing of its page is written.
 */
export async function advanceRun(
  { db, clock, isProved }: Needs,
  runId: string,
  most = pageSize,
  aside: readonly RunCode[] = [],
): Promise<boolean> {
  return inTransaction(
    db,
    async (tx) => {
      await lockNamed(tx, `retention run ${runId}`);
      const run = await tx.retentionRun.findUniqueOrThrow({
        where: { id: runId },
        include: { reports: true },
      });
      if (run.endedAt !== null) return true;
      const open = runCodes.filter(
        (code) => run.reports.find((report) => report.rule === code)?.phase !== 'ended',
      );
      const rule = open.find((code) => !aside.includes(code)) ?? open[0];
      if (rule === undefined) {
        await endRun(tx, run, clock());
        return true;
      }
      try {
        const report =
          run.reports.find((one) => one.rule === rule) ??
          (await tx.retentionReport.create({
            data: { runId, rule, version: ruleVersion(rule), phase: 'counting' },
          }));
        const page = { run, rule, report, most, now: clock(), isProved };
        await (report.phase === 'counting' ? countPage(tx, page) : actPage(tx, page));
      } catch (error) {
        // What only came at the wrong moment is tried again by whoever runs the transaction.
        if (isRetryable(error)) throw error;
        throw new RuleError(rule, error);
      }
      return false;
    },
    { timeoutMs: 60_000 },
  );
}

type Run = { id: string; number: string; kind: string; day: Date };
type Page = {
  run: Run;
  rule: RunCode;
  report: Report;
  most: number;
  now: Date;
  isProved: ApprovalProof;
};

const cursorOf = ({ afterOn, afterSubject }: Report) =>
  afterOn === null || afterSubject === null
    ? fromTheStart
    : { triggerOn: dayOf(afterOn), subject: afterSubject };

const place = (runId: string, rule: RunCode) => ({ runId_rule: { runId, rule } });

async function countPage(tx: Tx, { run, rule, report, most, now, isProved }: Page): Promise<void> {
  const rows = await findDue(tx, rule, { day: dayOf(run.day), after: cursorOf(report), most });
  const last = rows.at(-1);
  const skipped = addSkipped(
    report.skipped as Skipped,
    rows.map(({ skip }) => skip),
  );
  const due = report.due + rows.length;
  const { oldest, newest } = spanOf(rows, {
    oldest: report.oldest && dayOf(report.oldest),
    newest: report.newest && dayOf(report.newest),
  });
  const counted = {
    due,
    skipped,
    oldest: oldest === null ? null : startOfDay(oldest),
    newest: newest === null ? null : startOfDay(newest),
    sample: [...report.sample, ...rows.map(({ subject }) => subject)].slice(0, sampleMax),
  };
  if (rows.length === most && last) {
    const goesOn = { afterOn: startOfDay(last.triggerOn), afterSubject: last.subject };
    await tx.retentionReport.update({
      where: place(run.id, rule),
      data: { ...counted, ...goesOn },
      select: { rule: true },
    });
    return;
  }
  const standing = await provedStanding(tx, { rule, version: report.version, isProved });
  const verdict = verdictOf({
    kind: run.kind === 'nightly' ? 'nightly' : 'rehearsal',
    free: due - countSkipped(skipped),
    ...standing,
  });
  await tx.retentionReport.update({
    where: place(run.id, rule),
    data: {
      ...counted,
      afterOn: null,
      afterSubject: null,
      ...(verdict === 'act'
        ? { phase: 'acting' }
        : { phase: 'ended', outcome: verdict, endedAt: now }),
    },
    select: { rule: true },
  });
}

/** Whoever has the web server writes approvals in people's names; only one that their key proves lets a rule act. */
async function provedStanding(
  tx: Tx,
  { rule, version, isProved }: { rule: RunCode; version: string; isProved: ApprovalProof },
): Promise<RuleStanding> {
  const standing = await standingOfRule(tx, rule, version);
  const { isApproved, decidedIn } = standing;
  if (!isApproved || decidedIn === null || (await isProved({ runId: decidedIn, rule })))
    return standing;
  return { ...standing, isApproved: false, approvedUpTo: null };
}

async function actPage(tx: Tx, { run, rule, report, most, now }: Page): Promise<void> {
  const rows = await findDue(tx, rule, { day: dayOf(run.day), after: cursorOf(report), most });
  const last = rows.at(-1);
  // What came to be due or free since it was counted waits for another night.
  const left =
    Math.min(actsMax, report.due - countSkipped(report.skipped as Skipped)) - report.acted;
  const free = rows.filter(({ skip }) => skip === null).slice(0, left);
  const put = await putDown(tx, { run, rule, now }, free);
  const acted = report.acted + put;
  const isOver = rows.length < most || !last || put >= left;
  await tx.retentionReport.update({
    where: place(run.id, rule),
    data: {
      acted,
      ...(isOver
        ? { phase: 'ended', outcome: 'acted', endedAt: now }
        : { afterOn: startOfDay(last.triggerOn), afterSubject: last.subject }),
    },
    select: { rule: true },
  });
}

/** What waits from a night before is not put down twice. @returns how many were. */
async function putDown(
  tx: Tx,
  { run, rule, now }: Pick<Page, 'run' | 'rule' | 'now'>,
  rows: readonly DueRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { count } = await tx.retentionItem.createMany({
    data: rows.map(({ subject, countsFrom }) => ({
      runId: run.id,
      rule,
      subject,
      triggerOn: startOfDay(countsFrom),
      state: 'due',
      queuedAt: now,
    })),
    skipDuplicates: true,
  });
  return count;
}

async function endRun(tx: Tx, { id, number, kind, day }: Run, now: Date): Promise<void> {
  await tx.retentionRun.update({ where: { id }, data: { endedAt: now }, select: { id: true } });
  const { _sum } = await tx.retentionReport.aggregate({
    where: { runId: id },
    _sum: { due: true, acted: true },
  });
  await appendAudit(tx, {
    kind: 'retention-run',
    subject: number,
    actor: 'system',
    at: now,
    facts: { kind, day: dayOf(day), due: _sum.due ?? 0, acted: _sum.acted ?? 0 },
  });
  await publish(tx, { topic: retentionTopic, id });
}
