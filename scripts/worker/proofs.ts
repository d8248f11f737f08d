/**
 * Whether what the worker is about to do for good was decided with people's keys, by the rules of `npm run
 * verify:signed`. It stands here because it brings areas together that know nothing of each other.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { log } from '#lib/platform/log.ts';
import type { ApprovalProof } from '#lib/privacy/retention/runs/load-report.ts';
import { countingIn } from '../verify-signed/counting-in.ts';
import type { Fault } from '../verify-signed/kept.ts';
import { findRequestFaults, withSigned } from '../verify-signed/request-faults.ts';
import { findRetentionFaults, withDecided } from '../verify-signed/retention-faults.ts';

function isWithout(faults: readonly Fault[]): boolean {
  for (const { subject, what, fault } of faults)
    log.warn({ subject, what, fault }, 'a decision is not proved, so nothing is done by it');
  return faults.length === 0;
}

/** Of the decision about a request; false as well for one that is not there. */
export const decisionProof =
  (db: Database) =>
  async (requestId: string): Promise<boolean> => {
    const row = await db.privacyRequest.findUnique({
      where: { id: requestId },
      select: withSigned,
    });
    return row !== null && isWithout(await findRequestFaults(row, countingIn(db)));
  };

/** Of everything that was decided about a rule in a run. */
export const approvalProof =
  (db: Database): ApprovalProof =>
  async ({ runId, rule }) => {
    const row = await db.retentionRun.findUnique({ where: { id: runId }, select: withDecided });
    if (row === null) return false;
    const reports = row.reports.filter((report) => report.rule === rule);
    return isWithout(await findRetentionFaults({ ...row, reports }, countingIn(db)));
  };
