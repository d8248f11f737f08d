import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Keeps everybody else from writing about a case until the caller's transaction ends. The database's guards
 * take the same lock (`lock_register_case`), by the id as it writes it.
 */
export const lockCase = (tx: Pick<Tx, '$executeRaw'>, caseId: string): Promise<void> =>
  lockNamed(tx, `register case ${caseId.toLowerCase()}`);
