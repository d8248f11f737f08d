/**
 * High-water marks: how far the database had come, in a file of its own. A database that was put
 * back to an older copy, or had rows cut off, has not come as far and is refused.
 *
 * The database commits first, then the mark rises, then the answer leaves. Killed in between, the
 * database is ahead of its mark, which is no fault, and nothing that rests on the difference was
 * told to anyone; the next start raises the mark.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { writeDurably } from '../durable-file.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { StoreError } from './database.ts';

/** How many entries the party's own record had, and the hash of the last. */
const auditMark = z.strictObject({ length: z.int().min(0), head: digestHex });
/** Version in force and the head of its log. */
const versionMark = z.strictObject({ version: z.int().min(1), head: digestHex });
const trustMark = z.strictObject({ roster: versionMark, policy: versionMark });
const keyMark = z.strictObject({
  key: slug,
  epoch: z.int().min(1),
  ceremony: digestHex,
  state: z.enum(['prepared', 'usable']),
});

/** `trust` is null until a genesis is pinned. A list, so that no name of a key means anything else. */
const fullMark = z.strictObject({
  audit: auditMark,
  trust: trustMark.nullable(),
  keys: z.array(keyMark),
});
export type Marks = z.infer<typeof fullMark>;
export type AuditMark = Marks['audit'];

/** Each line replaces what lines before it said; most say only how long the record is. */
const line = z.strictObject({
  mark: z.union([fullMark, z.strictObject({ audit: auditMark })]),
  tag: digestHex,
});

/** In bytes; a file that has grown beyond it starts again with one full line. */
const FILE_MAX = 1024 * 1024;

const pathIn = (dataFolder: string): string => join(dataFolder, 'high-water.json');

const tagOf = (kek: KeyEncryptionKey, mark: object): string =>
  kek.authenticate('countersign/high-water/v2', canonicalize(mark));

const lineOf = (kek: KeyEncryptionKey, mark: object): string =>
  `${JSON.stringify({ mark, tag: tagOf(kek, mark) })}\n`;

function readLine(text: string, kek: KeyEncryptionKey): Partial<Marks> {
  try {
    const { mark, tag } = line.parse(JSON.parse(text));
    if (tag === tagOf(kek, mark)) return mark;
  } catch {
    // Anything but a line of this party comes here, and means the same.
  }
  throw new StoreError('The high-water marks were changed outside the party.');
}

/**
 * @returns null where there is no file.
 * @throws StoreError when a line is not what the party once wrote. A last line without its end was
 * being written when the party was killed, and counts for nothing.
 */
export function readMarks(dataFolder: string, kek: KeyEncryptionKey): Marks | null {
  if (!existsSync(pathIn(dataFolder))) return null;
  const lines = readFileSync(pathIn(dataFolder), 'utf8').split('\n').slice(0, -1);
  const merged = lines.reduce<Partial<Marks>>(
    (marks, text) => ({ ...marks, ...readLine(text, kek) }),
    {},
  );
  const complete = fullMark.safeParse(merged);
  if (complete.success) return complete.data;
  throw new StoreError('The high-water marks were changed outside the party.');
}

/** Begins the file anew with everything in one line. */
export function writeMarks(dataFolder: string, kek: KeyEncryptionKey, marks: Marks): void {
  writeDurably(pathIn(dataFolder), lineOf(kek, marks));
}

/**
 * Adds one short line, which costs a signature far less than a new file.
 * @returns the size of the file in bytes.
 */
function appendMark(dataFolder: string, kek: KeyEncryptionKey, audit: AuditMark): number {
  const file = openSync(pathIn(dataFolder), 'a', 0o600);
  try {
    writeSync(file, lineOf(kek, { audit }));
    fdatasyncSync(file);
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** Raises the mark of the party's own record alone; joins nothing, the commit must be done. */
export function raiseAuditMark(
  dataFolder: string,
  kek: KeyEncryptionKey,
  audit: AuditMark,
  everything: () => Marks,
): void {
  if (appendMark(dataFolder, kek, audit) > FILE_MAX) writeMarks(dataFolder, kek, everything());
}
