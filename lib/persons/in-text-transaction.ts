import type { Database } from '#lib/platform/db/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction, type TransactionOptions, type Tx } from '#lib/platform/db/transaction.ts';
import type { Refused } from '#lib/platform/result.ts';
import { keysRefusal, type KeysRefusal } from './keys-refusal.ts';

/** One transaction of a change that keeps texts: where it can't be, nothing is written and that is said. */
export const inTextTransaction = <T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T | Refused<KeysRefusal>> => keysRefusal(() => inTransaction(db, work, options));

/** The same for a page that is nothing without its texts. */
export const inTextSnapshot = <T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
): Promise<T | Refused<KeysRefusal>> => keysRefusal(() => inSnapshot(db, work));
