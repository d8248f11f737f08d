import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { keysRefusal, type KeysRefusal } from '#lib/persons/keys-refusal.ts';
import type { Refused } from '#lib/platform/result.ts';
import { refuseRecord, type RecordRefused } from './refusals.ts';

/** How long a person waits for another who writes records, such as a register that is being taken over. */
const patienceMs = 6_000;

const lockNotAvailable = '55P03';

/** A transaction that writes records, or a refusal where somebody else has been writing for long or keys are away. */
export async function inRecords<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
): Promise<T | RecordRefused | Refused<KeysRefusal>> {
  try {
    return await keysRefusal(() =>
      inTransaction(db, async (tx) => {
        await tx.$executeRaw`select set_config('lock_timeout', ${`${patienceMs}ms`}, true)`;
        return work(tx);
      }),
    );
  } catch (error) {
    if (sqlStateOf(error) !== lockNotAvailable) throw error;
    return refuseRecord(
      'records-busy',
      'Another change of these records takes long, such as a register that is being taken over. Nothing was saved. Try again in a minute.',
    );
  }
}
