/** Approved corrections as they are verified: with their statements, their journal and who counted then. */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { WhoCounted } from '../proof/who-counted.ts';
import { findApprovalFault, type ApprovalFault } from './find-approval-fault.ts';

export const withProof = {
  events: {
    where: { what: { in: ['raised', 'approved'] } },
    select: { what: true, actor: true, statement: true },
  },
  posted: { select: { postedAt: true, contentDigest: true } },
} satisfies Prisma.LedgerCorrectionInclude;

export type WithProof = Prisma.LedgerCorrectionGetPayload<{ include: typeof withProof }>;

/** @returns null where two people signed it, by the keys that the roster of that moment gives them. */
export async function verifyCorrection(
  correction: WithProof,
  counted: WhoCounted,
): Promise<ApprovalFault | null> {
  const { posted, raisedBy, endedBy } = correction;
  const at = posted?.postedAt.getTime() ?? 0;
  return findApprovalFault(correction, await counted.at(at, [raisedBy, endedBy ?? '']));
}
