import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { cutOf, sharesOf, type Ratio } from './share-statement.ts';

/** A statement of so many rows takes well under a second. */
const rowsAtOnce = 5_000;

/**
 * Shares out among holders and writes the shares a part at a time, in the caller's transaction.
 * @param write makes the statement that writes shares, rows (account_id, client_id, weight, amount).
 */
export async function writeInParts(
  tx: Tx,
  { holders, ratio }: { holders: Prisma.Sql; ratio: Ratio },
  write: (shares: Prisma.Sql) => Prisma.Sql,
  partSize = rowsAtOnce,
): Promise<void> {
  const cut = await cutOf(tx, holders, ratio);
  for (let after = ''; ;) {
    const part = Prisma.sql`
      select * from (${holders}) everybody where account_id > ${after} order by account_id limit ${partSize}`;
    const [last] = await tx.$queryRaw<{ written: number; account: string | null }[]>`
      with written as (${write(sharesOf(part, ratio, cut))} returning account_id)
      select count(*)::int as written, max(account_id) as account from written`;
    if (!last || last.account === null || last.written < partSize) return;
    after = last.account;
  }
}
