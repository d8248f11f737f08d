import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Keeps everybody else from writing records of resilience until the caller's transaction ends, so that what a record
 * names is neither retired nor renamed under it. The database's guards take the same lock (`lock_resilience_records`).
 */
export const lockRecords = (tx: Pick<Tx, '$executeRaw'>): Promise<void> =>
  lockNamed(tx, 'resilience records');
