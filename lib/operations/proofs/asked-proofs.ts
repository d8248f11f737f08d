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

/**
 * What the worker was asked for of one snapshot, without what the proofs say.
 * @param of.hasSeed without its seed a snapshot has no proofs: those that were made are deleted by the worker.
 */
export async function askedProofs(
  { snapshotId, hasSeed }: { snapshotId: string; hasSeed: boolean },
  db: Context['db'],
): Promise<AskedProofView[]> {
  const rows = await db.clientProof.findMany({
    where: { snapshotId },
    orderBy: [{ requestedAt: 'desc' }, { clientId: 'asc' }],
    take: shownMax,
    select: { clientId: true, requestedAt: true, endedAt: true, fault: true },
  });
  return rows.map(({ clientId, requestedAt, endedAt, fault }) => {
    const client = { client: clientId, askedAt: requestedAt.toISOString() };
    const why = hasSeed ? fault : 'seed-gone';
    if (why !== null) return { ...client, state: 'failed', until: null, why: proofFaults(why) };
    if (endedAt === null) return { ...client, state: 'waiting', until: null, why: null };
    const until = new Date(endedAt.getTime() + KEPT_MS).toISOString();
    return { ...client, state: 'made', until, why: null };
  });
}
