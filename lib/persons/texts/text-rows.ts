/** Rows of the tables that keep sealed texts, whichever table it is: by the commitment, which each has. */
import type { SealedTextRow, TextTable } from '#lib/audit/sealed-text.ts';
import { textTables } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export const isTextTable = (name: string): name is TextTable =>
  textTables.some((table) => table === name);

/** The name of a table in a query; only of those that are listed. */
const tableOf = (table: TextTable): Prisma.Sql => {
  if (!isTextTable(table)) throw new Error('There is no such table of texts.');
  return Prisma.raw(`"${table}"`);
};

/** Texts with these commitments, in no order. */
export const textRows = (
  db: Database | Tx,
  table: TextTable,
  commitments: readonly string[],
): Promise<SealedTextRow[]> =>
  db.$queryRaw<SealedTextRow[]>`
    select commitment, redacted, sealed from ${tableOf(table)}
    where commitment = any(${[...commitments]}::text[])`;

/** Texts that are there, in the order of their commitments. @param after the last one that was read; empty at first. */
export const textRowsAfter = (
  db: Database,
  table: TextTable,
  after: string,
  most: number,
): Promise<SealedTextRow[]> =>
  db.$queryRaw<SealedTextRow[]>`
    select commitment, redacted, sealed from ${tableOf(table)}
    where commitment > ${after} and sealed is not null order by commitment limit ${most}`;

/**
 * Puts the blacked-out version in the place of the one that was read.
 * @returns false where another stands there meanwhile.
 */
export async function replaceText(
  tx: Tx,
  table: TextTable,
  before: SealedTextRow,
  after: { sealed: Uint8Array; redacted: string },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    update ${tableOf(table)} set sealed = ${after.sealed}, redacted = ${after.redacted}
    where commitment = ${before.commitment} and sealed = ${before.sealed}`;
  return count === 1;
}
