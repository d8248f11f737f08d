import type { Context } from '#lib/platform/context.ts';
import { proofFaults } from './proof-faults.ts';

export type AskedProofView = {
  client: string;
  /** ISO instant. */
  askedAt: string;
  state: 'waiting' | 'made' | 'failed';
  /** ISO instant until which a made one is kept; null for others. */
  until: string | null;
  /** Why there is none; null for others. */
  why: string | null;
};

/** A proof that the worker made is kept for so long, and can be asked for again after it. */
export const KEPT_MS = 7 * 86_400_000;

const shownMax = 50;

/** What the worker was asked for of one snapshot, without what the proofs say. */
export async function askedProofs(
  snapshotId: string,
  db: Context['db'],
): Promise<AskedProofView[]> {
  const rows = await db.clientProof.findMany({
    where: { snapshotId },
    orderBy: [{ requestedAt: 'desc' }, { clientId: 'asc' }],
    take: shownMax,
    select: { clientId: true, requestedAt: true, endedAt: true, fault: true },
  });
  return rows.map(({ clientId, requestedAt, endedAt, fault }) => ({
    client: clientId,
    askedAt: requestedAt.toISOString(),
    state: endedAt === null ? 'waiting' : fault === null ? 'made' : 'failed',
    until:
      endedAt !== null && fault === null
        ? new Date(endedAt.getTime() + KEPT_MS).toISOString()
        : null,
    why: fault === null ? null : proofFaults(fault),
  }));
}
