import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import type { TransactionOptions, Tx } from './transaction.ts';

/**
 * Runs several reads against one state of the database, so that a sum and the rows it is made of
 * can't disagree. Nothing may be written in it: a reader at this level is never rolled back, a
 * writer could be.
 */
export async function inSnapshot<T>(
  db: Database,
  read: (tx: Tx) => Promise<T>,
  { timeoutMs = 10_000 }: Pick<TransactionOptions, 'timeoutMs'> = {},
): Promise<T> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set transaction read only`;
      return read(tx);
    },
    {
      isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
      maxWait: 5_000,
      timeout: timeoutMs,
    },
  );
}
