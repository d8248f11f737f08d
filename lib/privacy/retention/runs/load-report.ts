/** What stands of a rule: its newest decision, and how much went in the runs before. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { RunCode } from '../schedule.ts';

/**
 * Whether what somebody decided about a rule in this run was pressed with their key: the rules of `npm run
 * verify:signed`, which stand where areas that know nothing of each other come together.
 */
export type ApprovalProof = (decision: { runId: string; rule: string }) => Promise<boolean>;

export type RuleStanding = {
  isApproved: boolean;
  /** The run in which that was decided; null where nothing was. */
  decidedIn: string | null;
  /** How many the newest approval saw; null where a run acted since, or nothing was approved. */
  approvedUpTo: number | null;
  /** How many went in the runs before that acted, newest first. */
  earlier: number[];
};

/** More than the usual is counted from. */
const earlierMax = 10;

export async function standingOfRule(
  tx: Tx,
  rule: RunCode,
  version: string,
): Promise<RuleStanding> {
  const newest = await tx.retentionDecision.findFirst({
    where: { rule, version },
    // Of two at one instant, stopping counts.
    orderBy: [{ at: 'desc' }, { decision: 'desc' }],
    select: { decision: true, upTo: true, at: true, runId: true },
  });
  const acted = await tx.retentionReport.findMany({
    where: { rule, outcome: 'acted' },
    orderBy: { endedAt: 'desc' },
    select: { acted: true, endedAt: true },
    take: earlierMax,
  });
  const isApproved = newest?.decision === 'approved';
  const hasActedSince = acted.some(
    ({ endedAt }) => endedAt !== null && newest && endedAt > newest.at,
  );
  return {
    isApproved,
    decidedIn: newest?.runId ?? null,
    approvedUpTo: isApproved && !hasActedSince ? newest.upTo : null,
    earlier: acted.map(({ acted: count }) => count),
  };
}
