/** What a payer wrote, as it is kept: JSON, sealed beside the commitment of its entry. */
import { z } from 'zod';
import { openTexts, readTexts, unreadable, type SealedTextRow } from '#lib/audit/sealed-text.ts';

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

/** The same to be shown: while keys are away, each says that it can't be read. */
export async function shownEntryTexts(rows: readonly SealedTextRow[]): Promise<EntryText[]> {
  return (await readTexts(table, rows)).map((text) =>
    text === unreadable ? { ...noEntryText, remittance: unreadable } : read(text),
  );
}

const read = (text: string | null): EntryText =>
  text === null ? noEntryText : entryText.parse(JSON.parse(text));
