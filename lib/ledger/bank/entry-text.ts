/** What a payer wrote, as it is kept: JSON, sealed beside the commitment of its entry. */
import { z } from 'zod';
import {
  openTexts,
  readTexts,
  standsForText,
  tellUnopened,
  unopened,
  type SealedTextRow,
} from '#lib/audit/sealed-text.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

const entryText = z.strictObject({
  endToEnd: z.string().nullable(),
  remittance: z.string(),
  counterparty: z.string().nullable(),
});
export type EntryText = z.infer<typeof entryText>;

export const noEntryText: EntryText = { endToEnd: null, remittance: '', counterparty: null };

const table = 'bank_entry_text';

/**
 * Opens what payers wrote, in order; nothing where it was erased.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openEntryTexts(rows: readonly SealedTextRow[]): Promise<EntryText[]> {
  return (await openTexts(table, rows)).map(read);
}

/** The same to be shown: one that can't be read, or is not what a payer's entry is, says that. */
export async function shownEntryTexts(
  db: Pick<Tx, '$executeRaw'>,
  rows: readonly SealedTextRow[],
): Promise<EntryText[]> {
  const texts = await readTexts(db, table, rows);
  const shown = texts.map(readShown);
  await tellUnopened(
    db,
    table,
    rows.filter((_row, index) => shown[index] === null),
  );
  return shown.map((one) => one ?? { ...noEntryText, remittance: unopened });
}

/** Null for what is no such text. */
function readShown(text: string | null): EntryText | null {
  if (text !== null && standsForText(text)) return { ...noEntryText, remittance: text };
  try {
    return read(text);
  } catch {
    return null;
  }
}

const read = (text: string | null): EntryText =>
  text === null ? noEntryText : entryText.parse(JSON.parse(text));
