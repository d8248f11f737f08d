/**
 * Whether what the worker is about to do for good was decided with people's keys, by the rules of `npm run
 * verify:signed`. It stands here because it brings areas together that know nothing of each other.
 */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { ChainDecisionProof } from '#lib/operations/worker/prove-chain-decisions.ts';
import { log } from '#lib/platform/log.ts';
import type { ApprovalProof } from '#lib/privacy/retention/runs/load-report.ts';
import type { LiftingProof } from '#lib/privacy/retention/prove-liftings.ts';
import { findChainDecisionFaults, withWords } from '../verify-signed/chain-decision-faults.ts';
import { countingIn } from '../verify-signed/counting-in.ts';
import { findHoldFaults, withLift } from '../verify-signed/hold-faults.ts';
import type { Fault } from '../verify-signed/kept.ts';
import { findRequestFaults, withSigned } from '../verify-signed/request-faults.ts';
import { findRestrictionFaults, withLifting } from '../verify-signed/restriction-faults.ts';
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

/** Of the lifting of a hold or a restriction, with its proposal; what was proposed before and sent back counts no more. */
export const liftingProof =
  (db: Database): LiftingProof =>
  async (what, id) => {
    const countingAt = countingIn(db);
    if (what === 'hold') {
      const row = await db.privacyHold.findUnique({ where: { id }, select: withLift });
      return row !== null && isWithout(await findHoldFaults(row, countingAt, proposalIn(row)));
    }
    const row = await db.personRestriction.findUnique({ where: { id }, select: withLifting });
    return row !== null && isWithout(await findRestrictionFaults(row, countingAt, proposalIn(row)));
  };

/** Of both words about a chain that stands still, by keys that count to this moment. */
export const chainDecisionProof =
  ({ db, clock }: Pick<Context, 'db' | 'clock'>): ChainDecisionProof =>
  async (id) => {
    const row = await db.chainDecision.findUnique({ where: { id }, select: withWords });
    if (!row?.secondBy) return false;
    return isWithout(await findChainDecisionFaults({ ...row, provedAt: clock() }, countingIn(db)));
  };

const proposalIn = ({ events }: { events: { seq: number; kind: string }[] }): number =>
  events.findLast(({ kind }) => kind === 'lift-proposed')?.seq ?? 0;
