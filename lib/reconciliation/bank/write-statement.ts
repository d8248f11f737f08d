import { sealTexts, type SealedText } from '#lib/audit/sealed-text.ts';
import { noEntryText, type EntryText } from '#lib/ledger/bank/entry-text.ts';
import { keyedHashes } from '#lib/persons/search-hashes.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import type { BankStatement, StatementEntry } from '../statements/statement.ts';
import { dateOf } from './days.ts';

/** A statement that was read and checked, and the file that it came in. */
export type NewStatement = {
  account: string;
  statement: BankStatement;
  /** What was written at each entry, by its position; at 0 for what stood there before. */
  texts: readonly KeptEntryText[];
  file: { format: string; digest: string; bytes: number };
  by: string;
  at: Date;
};

export type KeptEntryText = {
  text: SealedText;
  /** Of what the payer called the payment, so that what takes it back is found; null where it has no name. */
  endToEndHash: Uint8Array<ArrayBuffer> | null;
};

/**
 * Seals what was written at each entry, by its position, before anything is locked. Whom it names the worker looks for
 * afterwards (`BankTextWatch`).
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 */
export async function keepEntryTexts({
  entries,
}: Pick<BankStatement, 'entries'>): Promise<KeptEntryText[]> {
  const said: EntryText[] = [
    noEntryText,
    ...entries.map(({ endToEnd, remittance, counterparty }) => ({
      endToEnd,
      remittance,
      counterparty,
    })),
  ];
  const kept = await sealTexts(
    'bank_entry_text',
    said.map((one) => canonicalize(one)),
  );
  const named = said.flatMap(({ endToEnd }, position) =>
    endToEnd === null ? [] : [{ endToEnd, position }],
  );
  const hashes = await keyedHashes(
    'end-to-end',
    named.map(({ endToEnd }) => endToEnd),
  );
  const hashAt = new Map(named.map(({ position }, index) => [position, hashes[index]]));
  return kept.map((text, position) => ({ text, endToEndHash: hashAt.get(position) ?? null }));
}

/** Rows written by one statement to the database. */
const batch = 1_000;

type Row = Omit<StatementEntry, 'reference' | keyof EntryText> & {
  reference: string | null;
  position: number;
};

/** Writes a statement with its entries. @returns its number. */
export async function writeStatement(
  tx: Tx,
  { account, statement, texts, file, by, at }: NewStatement,
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
      isReversal: false,
      payments: 0,
    });
  for (let from = 0; from < rows.length; from += batch)
    await writeRows(
      tx,
      { statementId: id, accountId: account, texts },
      rows.slice(from, from + batch),
    );
  return id;
}

/** What a payer wrote goes sealed into a row of its own; the entry keeps the commitment. */
async function writeRows(
  tx: Tx,
  {
    statementId,
    accountId,
    texts,
  }: { statementId: bigint; accountId: string; texts: readonly KeptEntryText[] },
  rows: readonly Row[],
): Promise<void> {
  const kept = rows.map(({ position }) => {
    const one = texts[position];
    if (!one) throw new Error(`Nothing was sealed for entry ${position}.`);
    return { ...one, position };
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
      commitment: kept[index]?.text.commitment ?? '',
    })),
  });
  await tx.bankEntryText.createMany({
    data: kept.map(({ position, text, endToEndHash }) => ({
      statementId,
      position,
      endToEndHash,
      ...text,
    })),
  });
}
