/** What of a chain an operation has set aside, so that no other operation uses it as well. */
import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Locks the operation's row, which keeps whoever ends it apart.
 * @returns false for one that people ended, or whose time ran out, meanwhile.
 */
export async function isStillCosigned(tx: Tx, operation: string): Promise<boolean> {
  const found = await tx.$queryRaw<object[]>`
    SELECT 1 FROM operation WHERE id = ${operation}::uuid AND state = 'cosigned' FOR UPDATE`;
  return found.length > 0;
}

export const leasesOf = (tx: Tx, operation: string) =>
  tx.chainLease.findMany({ where: { operationId: operation }, orderBy: { resource: 'asc' } });

/** Gives back everything, once the operation can't have a transaction any more. */
export async function releaseLeases(tx: Tx, operation: string): Promise<void> {
  await tx.chainLease.deleteMany({ where: { operationId: operation } });
}
