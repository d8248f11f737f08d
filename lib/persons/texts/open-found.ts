/**
 * Opens texts for whoever looks through all that there are: one that was made up or damaged is passed over and put on
 * record, since otherwise a single row would keep every erasure from going on.
 */
import { openEachText, type SealedTextRow, type TextTable } from '#lib/audit/sealed-text.ts';
import {
  noteRefusals,
  type KeyRefusal,
  type NotesRefusals,
} from '#lib/platform/data-keys/note-refusal.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { log } from '#lib/platform/log.ts';
import { wordsFound } from './text-shape.ts';

/** Rows that one line of the log names; on record are all. */
const loggedMax = 20;

/** A row that could not be read, by its table and commitment, or by what else says which of its table it is. */
export type BrokenRow = {
  table: string;
  row: string;
  /** It does not open, or it is not of the form that its table keeps. */
  fault: Extract<KeyRefusal['fault'], 'seal-broken' | 'not-parsed'>;
};

export type FoundText = {
  row: SealedTextRow;
  /** Null where it was erased, and where it does not open. */
  text: string | null;
  /** What people wrote in it; of one that is not of its table's form all of it. */
  words: string;
  fault: BrokenRow['fault'] | null;
};

/**
 * Opens rows of a table, in order, and puts those that could not be read on record, once each; an incident follows.
 * @throws DataKeysError where the key service can't be reached: then nothing was said of any.
 */
export async function openFound(
  db: Database,
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<FoundText[]> {
  const opened = await openEachText(table, rows);
  const foreign = await foreignOf(
    db,
    table,
    rows.filter(({ sealed }, index) => sealed !== null && opened[index]?.state === 'erased'),
  );
  const found = rows.map((row, index): FoundText => {
    const one = opened[index];
    if (one?.state === 'broken' || foreign.has(row.commitment))
      return { row, text: null, words: '', fault: 'seal-broken' };
    if (one?.state !== 'open') return { row, text: null, words: '', fault: null };
    const { words, isBroken } = wordsFound(table, one.text);
    return { row, text: one.text, words, fault: isBroken ? 'not-parsed' : null };
  });
  await noteBroken(db, brokenOf(table, found));
  return found;
}

export const brokenOf = (table: string, found: readonly FoundText[]): BrokenRow[] =>
  found.flatMap(({ row, fault }) => (fault ? [{ table, row: row.commitment, fault }] : []));

/** Puts rows that could not be read on record and in the log, never with what stands in them. */
export async function noteBroken(db: NotesRefusals, broken: readonly BrokenRow[]): Promise<void> {
  if (broken.length === 0) return;
  const owners = broken.map(({ table, row }) => `${table}/${row}`);
  log.error(
    { rows: owners.slice(0, loggedMax), count: owners.length },
    'rows do not open, or are not what their table keeps; they are passed over',
  );
  await noteRefusals(
    db,
    broken.map(({ fault }, index) => ({ kind: 'text', owner: owners[index] ?? '', fault })),
  );
}

/** Rows that name a key which never was theirs: their own may be there still, so that they were not erased. */
async function foreignOf(
  db: Database,
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const owners = await db.dataKeyOwner.findMany({
    where: { keyId: { in: rows.map(({ sealed }) => keyOf(sealed)) }, kind: 'text' },
    take: rows.length,
  });
  const own = new Set(owners.map(({ keyId, owner }) => `${keyId} ${owner}`));
  return new Set(
    rows.flatMap(({ commitment, sealed }) =>
      own.has(`${keyOf(sealed)} ${table}/${commitment}`) ? [] : [commitment],
    ),
  );
}

/** Id of the key under which bytes were sealed; it stands in the clear within them. */
export const keyOf = (sealed: Uint8Array | null): string =>
  Buffer.from(sealed?.subarray(1, 17) ?? []).toString('hex');
