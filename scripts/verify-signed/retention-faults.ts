/** Whether rules of retention act because somebody who decides approved them with their key. */
import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '#lib/platform/days.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { retentionStatement } from '#lib/privacy/retention/runs/retention-statement.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

export const withDecided = {
  id: true,
  number: true,
  reports: { orderBy: { rule: 'asc' }, include: { decisions: { orderBy: { at: 'asc' } } } },
} satisfies Prisma.RetentionRunSelect;
export type RetentionRow = Prisma.RetentionRunGetPayload<{ select: typeof withDecided }>;
type ReportRow = RetentionRow['reports'][number];

/** Runs about a report of which somebody decided. */
export const isDecidedOn = {
  reports: { some: { decisions: { some: {} } } },
} satisfies Prisma.RetentionRunWhereInput;

/** @returns every fault of the decisions on reports of one run. */
export async function findRetentionFaults(
  row: RetentionRow,
  countingAt: CountingAt,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const report of row.reports)
    for (const decision of report.decisions) {
      const fault = await findFault(row, report, decision, countingAt);
      const what = `${decision.decision} by ${decision.actor}`;
      if (fault) faults.push({ subject: `${report.rule} of ${row.number}`, what, fault });
    }
  return faults;
}

async function findFault(
  row: RetentionRow,
  report: ReportRow,
  decision: ReportRow['decisions'][number],
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const { document: statement, assertion, credentialId, actor: person } = decision;
  const writtenAt = decision.at.getTime();
  const read = readPress(
    { statement, assertion, credentialId, person, writtenAt },
    {
      schema: retentionStatement,
      scope: 'privacy:approve',
      counting: await countingAt(writtenAt, person),
    },
  );
  if ('fault' in read) return read.fault;
  const {
    type: _,
    organisation: __,
    environment: ___,
    nonce: ____,
    issuedAt: _____,
    ...said
  } = read.said;
  return isDeepStrictEqual(said, {
    decision: decision.decision,
    run: row.id,
    number: row.number,
    rule: report.rule,
    version: report.version,
    due: report.due,
    skipped: report.skipped,
    oldest: report.oldest && dayOf(report.oldest),
    newest: report.newest && dayOf(report.newest),
    person,
  })
    ? null
    : 'says-another';
}
