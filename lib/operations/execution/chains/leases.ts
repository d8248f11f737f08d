/** What of a chain an operation has set aside, so that no other operation uses it as well. */
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { finalStates } from '../../states.ts';
import { livePhases } from '../../transaction-phases.ts';
import { isStill } from '../is-still.ts';
import type { ChainAdapter } from './chain-adapter.ts';

/** Also one that is over: what it was tied to stays the operation's. For whoever has the operation's row locked. */
export const hasTransaction = async (tx: Tx, operation: string): Promise<boolean> =>
  (await tx.chainTransaction.count({ where: { operationId: operation } })) > 0;

export const leasesOf = (tx: Tx, operation: string) =>
  tx.chainLease.findMany({ where: { operationId: operation }, orderBy: { resource: 'asc' } });

/** Whether the operation has all of these. */
export async function hasLeases(
  tx: Tx,
  operation: string,
  resources: readonly string[],
): Promise<boolean> {
  const held = new Set((await leasesOf(tx, operation)).map(({ resource }) => resource));
  return resources.every((resource) => held.has(resource));
}

/** Gives back everything, once the operation can't have a transaction any more. */
export async function releaseLeases(tx: Tx, operation: string): Promise<void> {
  await tx.chainLease.deleteMany({ where: { operationId: operation } });
}

/**
 * Gives back what a co-signed operation has set aside while it has to wait without any transaction.
 */
export const giveBackUnused = (
  operation: string,
  chain: Pick<ChainAdapter, 'release'>,
  db: Database,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    // One that has moved on meanwhile may have a transaction, which needs what it is tied to.
    if (!(await isStill(tx, operation, 'cosigned'))) return;
    if (!(await hasTransaction(tx, operation))) await chain.release(tx, operation);
  });

/**
 * Gives back what ended operations had set aside: one that people ended, or whose time ran out, does not
 * come by here itself. One that is held without any transaction is tied to nothing yet, and may be held
 * for long. The rows' locks keep out whoever is just taking one of them on.
 */
export async function releaseEndedLeases({ db }: { db: Database }): Promise<void> {
  await db.$executeRaw`
    DELETE FROM chain_lease WHERE operation_id IN (
      SELECT o.id FROM operation o
      WHERE o.id IN (SELECT operation_id FROM chain_lease)
        AND (o.state = ANY(${[...finalStates]})
          OR (o.state = 'held'
            AND NOT EXISTS (SELECT FROM chain_transaction t WHERE t.operation_id = o.id)))
        AND NOT EXISTS (SELECT FROM chain_transaction t
          WHERE t.operation_id = o.id AND t.phase = ANY(${[...livePhases]}))
      FOR UPDATE OF o SKIP LOCKED)`;
}
