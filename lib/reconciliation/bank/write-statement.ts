import { commit } from '#lib/audit/salted-commitment.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { BankStatement, StatementEntry } from '../statements/statement.ts';
import { dateOf } from './days.ts';

/** A statement that was read and checked, and the file that it came in. */
export type NewStatement = {
  account: string;
  statement: BankStatement;
  file: { format: string; digest: string; bytes: number };
  by: string;
  at: Date;
};

/** Rows written by one statement to the database. */
const batch = 1_000;

type Row = Omit<StatementEntry, 'reference'> & { reference: string | null; position: number };

/** Writes a statement with its entries. @returns its number. */
export async function writeStatement(
  tx: Tx,
  { account, statement, file, by, at }: NewStatement,
  previous: bigint | null,
): Promise<bigint> {
  const { id } = await tx.bankStatement.create({
    data: {
      accountId: account,
      bankId: statement.id,
      sequence: statement.sequence,
      fromDay: dateOf(statement.from),
      toDay: dateOf(statement.to),
      opening: statement.opening.toString(),
      closing: statement.closing.toString(),
      entryCount: statement.entries.length,
      previousId: previous,
      format: file.format,
      fileDigest: file.digest,
      fileBytes: file.bytes,
      importedBy: by,
      importedAt: at,
    },
    select: { id: true },
  });
  const rows: Row[] = statement.entries.map((entry, index) => ({ ...entry, position: index + 1 }));
  if (previous === null && statement.opening !== 0n)
    rows.unshift({
      position: 0,
      line: statement.lines.opening,
      amount: statement.opening,
      bookingDate: statement.from,
      valueDate: null,
      reference: null,
      endToEnd: null,
      remittance: '',
      counterparty: null,
      isReversal: false,
      payments: 0,
    });
  for (let from = 0; from < rows.length; from += batch)
    await writeRows(tx, { statementId: id, accountId: account }, rows.slice(from, from + batch));
  return id;
}

/** What a payer wrote goes into a row of its own, which can be emptied; the entry keeps a commitment. */
async function writeRows(
  tx: Tx,
  { statementId, accountId }: { statementId: bigint; accountId: string },
  rows: readonly Row[],
): Promise<void> {
  const kept = rows.map(({ endToEnd, remittance, counterparty, position }) => {
    const { salt, commitment } = commit(canonicalize({ endToEnd, remittance, counterparty }));
    const text = { statementId, position, salt, endToEnd, remittance, counterparty };
    return { commitment, text };
  });
  await tx.bankEntry.createMany({
    data: rows.map((row, index) => ({
      statementId,
      accountId,
      position: row.position,
      line: row.line,
      amount: row.amount.toString(),
      bookingDay: dateOf(row.bookingDate),
      valueDay: row.valueDate === null ? null : dateOf(row.valueDate),
      reference: row.reference,
      isReversal: row.isReversal,
      payments: row.payments,
      commitment: kept[index]?.commitment ?? '',
    })),
  });
  await tx.bankEntryText.createMany({ data: kept.map(({ text }) => text) });
}
