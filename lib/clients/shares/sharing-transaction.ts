import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Of the whole transaction: very many shares are written in many short statements. */
const timeoutMs = 120_000;

/** SQLSTATE of a statement that took longer than it may. */
const queryCanceled = '57014';
/** What the database client says of a transaction that did. */
const transactionExpired = 'P2028';

/**
 * Runs `work`, which shares something out among as many as there are, in a transaction. On a busy machine
 * very many take longer than a statement or a transaction may: then nothing has happened, and it is said.
 */
export async function sharingTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
): Promise<T | Refused<'took-too-long'>> {
  try {
    return await inTransaction(db, work, { timeoutMs });
  } catch (error) {
    const isTooLong =
      sqlStateOf(error) === queryCanceled ||
      (error instanceof Prisma.PrismaClientKnownRequestError && error.code === transactionExpired);
    if (!isTooLong) throw error;
    return refuse(
      'took-too-long',
      'The database took too long to share this out among so many, and nothing was written. Try again when it is less busy.',
    );
  }
}
