import type { Tx } from './transaction.ts';

/**
 * Waits until nobody else's transaction holds the lock of this name, and holds it to the end of the
 * caller's. For what has no row of its own to lock.
 * @param name says what it is about, such as `agreement of C-1001`; names are shared by all areas.
 */
export async function lockNamed(tx: Pick<Tx, '$executeRaw'>, name: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
