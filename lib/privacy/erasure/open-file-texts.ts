/** Opens texts that are sealed under the key of their file, for erasures. */
import { keyOf, noteBroken, type BrokenRow } from '#lib/persons/texts/open-found.ts';
import type { NotesRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { contextOf, SALT_BYTES, type TextHome } from '../requests/sealed-texts.ts';

export type FileRow = {
  home: TextHome;
  file: string;
  number: string;
  keyId: string;
  seq: number;
  field: string;
  commitment: string;
  sealed: Uint8Array<ArrayBuffer>;
};
export type FileText = FileRow & {
  /** It was signed for an authority, or its hold stands. */
  stays: boolean;
};
/** A text with the salt of its commitment. */
type Kept = { salt: Uint8Array; text: string };
export type Opened = FileText & Kept;

export const tables = {
  'privacy-breach': 'privacy_breach_text',
  'privacy-hold': 'privacy_hold_text',
  'privacy-request': 'privacy_request_text',
} as const satisfies Record<TextHome, string>;
/** What stands for a text that does not open, once its file is sealed under another key. */
export const lost = (row: FileText): Opened => ({ ...row, salt: new Uint8Array(), text: '' });

/**
 * Opens texts of files, each with the salt of its commitment; those whose key is no more are left out. Those that do not
 * open although it is there are put on record, once each.
 * @throws DataKeysError where the key service can't be reached: then nothing was said of any.
 */
export async function openAll<T extends FileRow>(
  db: NotesRefusals,
  rows: readonly T[],
): Promise<{ opened: (T & Kept)[]; broken: T[] }> {
  const opened: (T & Kept)[] = [];
  const broken: T[] = [];
  const each = await openEach(
    dataKeys(),
    rows.map(({ home, file, seq, field, sealed }) => ({
      context: contextOf(home, file, seq, field),
      sealed,
    })),
  );
  for (const [index, row] of rows.entries()) {
    const one = each[index];
    const kept = one?.state === 'open' ? readKept(one.plain) : null;
    if (kept) opened.push({ ...row, ...kept });
    // A row under a key that never was its file's was not erased with it.
    else if (one?.state !== 'shredded' || keyOf(row.sealed) !== row.keyId) broken.push(row);
  }
  await noteBroken(db, broken.map(asBroken));
  return { opened, broken };
}

export const asBroken = ({
  home,
  commitment,
}: Pick<FileRow, 'home' | 'commitment'>): BrokenRow => ({
  table: tables[home],
  row: commitment,
  fault: 'seal-broken',
});

function readKept(plain: Uint8Array): Kept | null {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return {
      salt: plain.subarray(0, SALT_BYTES),
      text: decoder.decode(plain.subarray(SALT_BYTES)),
    };
  } catch {
    return null;
  }
}
