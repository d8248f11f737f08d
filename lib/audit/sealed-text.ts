/**
 * Texts that people write, as they are kept: sealed, each under a data key of its own, beside the commitment that is
 * signed or stands in the trail. Erased, a text is gone from backups as well, and the commitment says nothing any more.
 */
import { createHash, randomBytes } from 'node:crypto';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import {
  joinParts,
  openEachWhole,
  openWholes,
  sealWholes,
  splitParts,
  type ContextOf,
} from '#lib/platform/data-keys/sealed-parts.ts';
import { publishAll, unopenedTopic } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';

const SALT_BYTES = 32;
const KEYS_AT_ONCE = 10_000;

/** The tables that keep such texts. What was sealed for one of them does not open for another. */
export const textTables = [
  'operation_note',
  'break_note',
  'ledger_correction_note',
  'register_text',
  'incident_text',
  'threat_draft',
  'incident_report_draft',
  'incident_submission',
  'entity_contact',
  'resilience_text',
  'board_signature',
  'board_evidence',
  'bank_entry_text',
] as const;
export type TextTable = (typeof textTables)[number];

/** As columns of a row. */
export type SealedText = { sealed: Uint8Array<ArrayBuffer>; commitment: string };

/** A text with the salt that its commitment was made with before: 32 bytes as base64url. */
export type SaltedText = { text: string; salt: string };

export type SealedTextRow = {
  commitment: string;
  /** Commitment of the version in which somebody's data were blacked out; null for the text as it was written. */
  redacted: string | null;
  /** Null where it was erased. */
  sealed: Uint8Array | null;
};

/** And those that keep bytes, in which nothing is looked for, such as pictures. */
export const bytesTables = ['incident_evidence'] as const;
export type BytesTable = TextTable | (typeof bytesTables)[number];

const contextOf =
  (table: BytesTable, commitment: string): ContextOf =>
  (part) =>
    part === 1 ? `text/${table}/${commitment}` : `text/${table}/${commitment}/${part}`;

/**
 * Seals texts, in order, each under a new key.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 */
export const sealTexts = (
  table: TextTable,
  texts: readonly (string | SaltedText)[],
): Promise<SealedText[]> =>
  sealBytes(
    table,
    texts.map((given) => {
      const { text, salt } = typeof given === 'string' ? { text: given, salt: null } : given;
      return {
        bytes: new TextEncoder().encode(text),
        salt: salt === null ? null : Buffer.from(salt, 'base64url'),
      };
    }),
  );

/** The same for one text. */
export async function sealText(table: TextTable, text: string | SaltedText): Promise<SealedText> {
  const [sealed] = await sealTexts(table, [text]);
  if (!sealed) throw new Error('The key service sealed nothing.');
  return sealed;
}

/** The same for bytes. Empty for none. @param values each with the salt of its commitment; null for a new one. */
export async function sealBytes(
  table: BytesTable,
  values: readonly { bytes: Uint8Array; salt: Uint8Array | null }[],
): Promise<SealedText[]> {
  if (values.length === 0) return [];
  const keys: string[] = [];
  for (let at = 0; at < values.length; at += KEYS_AT_ONCE)
    keys.push(...(await dataKeys().make(Math.min(KEYS_AT_ONCE, values.length - at))));
  const wholes = values.map(({ bytes, salt }, index) => {
    if (salt && salt.length !== SALT_BYTES) throw new Error('A salt has 32 bytes.');
    const plain = Buffer.concat([salt ?? randomBytes(SALT_BYTES), bytes]);
    const commitment = createHash('sha256').update(plain).digest('hex');
    const key = keys[index];
    if (key === undefined) throw new Error('The key service made less keys than it was asked for.');
    return { key, plain, commitment, contextOf: contextOf(table, commitment) };
  });
  const sealed = await sealWholes(wholes);
  return wholes.map(({ commitment }, index) => ({
    commitment,
    sealed: joinParts(sealed[index] ?? []),
  }));
}

/**
 * Opens texts, in order; null for one that was erased.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed or moved.
 */
export async function openTexts(
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<(string | null)[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (await openBytesOf(table, rows)).map((bytes) => bytes && decoder.decode(bytes));
}

/** The same for bytes. */
export async function openBytesOf(
  table: BytesTable,
  rows: readonly SealedTextRow[],
): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
  const kept = rows.map(({ commitment, redacted, sealed }) => ({
    commitment: redacted ?? commitment,
    parts: sealed === null ? null : splitParts(sealed),
  }));
  const opened = await openWholes(
    kept.flatMap(({ commitment, parts }) =>
      parts ? [{ contextOf: contextOf(table, commitment), parts }] : [],
    ),
  );
  let next = 0;
  return kept.map(({ commitment, parts }) => {
    if (!parts) return null;
    const plain = opened[next] ?? null;
    next += 1;
    if (plain === null) return null;
    if (createHash('sha256').update(plain).digest('hex') !== commitment)
      throw new DataKeysError('seal-broken', 'A text is not what its commitment says.');
    return plain.subarray(SALT_BYTES);
  });
}

/** A text of a row that may be made up or damaged. */
export type TextOpened =
  | { state: 'open'; text: string }
  /** It was erased, or its key is no more. */
  | { state: 'erased' }
  /** It does not open, is not what its commitment says, or is no text. */
  | { state: 'broken' };

/**
 * Opens texts, in order, where one that does not open keeps none of the others.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openEachText(
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<TextOpened[]> {
  const there = rows.flatMap(({ commitment, redacted, sealed }) =>
    sealed === null ? [] : [{ commitment: redacted ?? commitment, parts: splitParts(sealed) }],
  );
  const opened = await openEachWhole(
    there.map(({ commitment, parts }) => ({ contextOf: contextOf(table, commitment), parts })),
  );
  let next = 0;
  return rows.map(({ commitment, redacted, sealed }) => {
    const one = sealed === null ? undefined : opened[next++];
    if (one?.state !== 'open') return { state: one?.state === 'broken' ? 'broken' : 'erased' };
    return readOpened(one.plain, redacted ?? commitment);
  });
}

function readOpened(plain: Uint8Array, commitment: string): TextOpened {
  if (createHash('sha256').update(plain).digest('hex') !== commitment) return { state: 'broken' };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { state: 'open', text: decoder.decode(plain.subarray(SALT_BYTES)) };
  } catch {
    return { state: 'broken' };
  }
}

/** What stands in the place of a text while the key service is away. */
export const unreadable = 'This text can’t be read at the moment.';

/** What stands in the place of one that does not open, although its key may be there. */
export const unopened = 'This text does not open; it is on record.';

/** Whether something only stands in the place of a text: it names nobody, and is never kept as one. */
export const standsForText = (text: unknown): boolean => text === unreadable || text === unopened;

/** Where texts are read: a database, or a transaction, which may be one that writes nothing. */
type Reads = Pick<Tx, '$executeRaw'>;

/**
 * Texts to be shown, in order; null for one that was erased. Where the key service is away a page goes on without
 * texts, and one that does not open takes none of the others with it, so nothing that is written back may come from here.
 */
export async function readTexts(
  db: Reads,
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<(string | null)[]> {
  try {
    return await openTexts(table, rows);
  } catch (error) {
    if (isAway(error)) return away(rows);
  }
  try {
    const each = await openEachText(table, rows);
    const broken = rows.filter((_row, index) => each[index]?.state === 'broken');
    await tellUnopened(db, table, broken);
    return each.map((one) => {
      if (one.state === 'open') return one.text;
      return one.state === 'broken' ? unopened : null;
    });
  } catch (error) {
    if (!isAway(error)) throw error;
    return away(rows);
  }
}

const isAway = (error: unknown): boolean =>
  error instanceof DataKeysError && error.fault === 'unavailable';

function away(rows: readonly SealedTextRow[]): (string | null)[] {
  log.warn('texts can not be opened: the data-key service does not answer');
  return rows.map(({ sealed }) => (sealed === null ? null : unreadable));
}

/** Rows that one reading tells of; the next tells of those that are left. */
const toldAtOnce = 100;

/**
 * Tells the worker of texts that do not open. It looks for itself and puts them on record: a page writes nothing, and
 * whoever has the web server puts nothing there.
 */
export async function tellUnopened(
  db: Reads,
  table: TextTable,
  rows: readonly Pick<SealedTextRow, 'commitment'>[],
): Promise<void> {
  const ids = rows.slice(0, toldAtOnce).map(({ commitment }) => `${table}/${commitment}`);
  if (ids.length > 0) await publishAll(db, unopenedTopic, ids);
}

/** `readTexts` for one row, or none. */
export async function readText(
  db: Reads,
  table: TextTable,
  row: SealedTextRow | null,
): Promise<string | null> {
  if (!row) return null;
  const [text] = await readTexts(db, table, [row]);
  return text ?? null;
}

/** The columns that opening a text needs, for a query. */
export const sealedTextColumns = { commitment: true, redacted: true, sealed: true } as const;
