/**
 * Texts of breaches, reasons of legal holds and what was written here in requests of others, in an erasure. They are sealed under the key of their file: where something
 * goes from one, all of the file are sealed under a new key, and the old one is destroyed.
 */
import { randomBytes } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { commitmentOf } from '#lib/audit/salted-commitment.ts';
import { BLACK, blackOut, namesPerson, type OwnValue } from '#lib/persons/texts/black-out.ts';
import { destroyDueKeys } from '#lib/persons/texts/destroy-due-keys.ts';
import { writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { forgetMentions, isInFile, mentionsOf, type Mention } from '#lib/persons/texts/mentions.ts';
import { namesOfOthers } from '#lib/persons/texts/of-others.ts';
import { keyOf, noteBroken, type BrokenRow } from '#lib/persons/texts/open-found.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { NotesRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { contextOf, type TextHome } from '../requests/sealed-texts.ts';
import { requestTextsNaming, sealFilesAnew, textsOfRequest } from './request-rows.ts';

export type FileText = {
  home: TextHome;
  file: string;
  number: string;
  keyId: string;
  seq: number;
  field: string;
  commitment: string;
  sealed: Uint8Array<ArrayBuffer>;
  /** It was signed for an authority, or its hold stands. */
  stays: boolean;
};
type Kept = { salt: Uint8Array; text: string };
export type Opened = FileText & Kept;

export type AboutPerson = {
  personId: string;
  /** What goes. */
  values: readonly OwnValue[];
  /** By which a text is known to mean the person. */
  telling: readonly OwnValue[];
  at: Date;
  /** Whether the rest of the person stays, and with it what is on record of the texts. */
  isPart: boolean;
};

const SALT_BYTES = 32;
const atOnce = 500;
const pagesMax = 10_000;

const tables = {
  'privacy-breach': 'privacy_breach_text',
  'privacy-hold': 'privacy_hold_text',
  'privacy-request': 'privacy_request_text',
} as const satisfies Record<TextHome, string>;
const homes = Object.keys(tables) as TextHome[];
const locks: Readonly<Record<TextHome, string>> = {
  'privacy-breach': 'privacy breach',
  'privacy-hold': 'legal hold',
  'privacy-request': 'privacy request',
};

/** A page of those of breaches and holds; the database shows them only while an erasure is at one of its first steps. */
const ofBreachesAndHolds = (db: Database | Tx, after: string): Promise<FileText[]> => db.$queryRaw`
  select home, file::text as file, number, key_id as "keyId", seq, field, commitment, sealed, stays
  from file_texts_while_erasing(${after}, ${atOnce}::int)`;

/** All in which the person may be named, a page at a time, so that what is held of them at once is bounded. */
async function* fileTexts(db: Database | Tx, personId: string): AsyncGenerator<FileText[]> {
  const sources = [
    (after: string) => ofBreachesAndHolds(db, after),
    (after: string) => requestTextsNaming(db, personId, { after, most: atOnce }),
  ];
  for (const pageAfter of sources) {
    let after = '';
    for (let page = 0; ; page += 1) {
      if (page === pagesMax)
        throw new Error('There are more texts of files than are looked through.');
      const rows = await pageAfter(after);
      if (rows.length > 0) yield rows;
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.commitment ?? '';
    }
  }
}

/** Those of them with these commitments. */
async function namedTexts(
  db: Database | Tx,
  personId: string,
  named: ReadonlySet<string>,
): Promise<FileText[]> {
  const found: FileText[] = [];
  for await (const rows of fileTexts(db, personId))
    found.push(...rows.filter(({ commitment }) => named.has(commitment)));
  return found;
}

/** What stands for a text that does not open, once its file is sealed under another key. */
export const lost = (row: FileText): Opened => ({ ...row, salt: new Uint8Array(), text: '' });

/**
 * Opens texts of files, each with the salt of its commitment; those whose key is no more are left out. Those that do not
 * open although it is there are put on record, once each.
 * @throws DataKeysError where the key service can't be reached: then nothing was said of any.
 */
export async function openAll<T extends FileText>(
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

const asBroken = ({ home, commitment }: FileText): BrokenRow => ({
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

/**
 * Opens all of them, and puts those that name the person on record.
 * @returns those that could not be read.
 * @throws DataKeysError where the key service can't be reached; then nothing is lost, call again.
 */
export async function findInFiles(
  db: Database,
  { personId, telling }: Pick<AboutPerson, 'personId' | 'telling'>,
): Promise<BrokenRow[]> {
  const all: BrokenRow[] = [];
  for await (const rows of fileTexts(db, personId)) {
    const { opened, broken } = await openAll(db, rows);
    const named = opened.filter(({ text }) => namesPerson(text, telling));
    for (const home of homes)
      await inTransaction(db, (tx) =>
        writeMentions(
          tx,
          tables[home],
          named
            .filter((one) => one.home === home)
            .map(({ commitment }) => ({ commitment, people: [personId] })),
        ),
      );
    all.push(...broken.map(asBroken));
  }
  return all;
}

/**
 * Blacks out what goes in those that are on record as naming the person. One file per transaction; whatever stops it,
 * calling again goes on, and a mention goes only when the old key is gone.
 * @returns how many texts are another now, and how many name the person and stay.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour.
 */
export async function redactInFiles(
  db: Database,
  about: AboutPerson,
): Promise<{ redacted: number; kept: number }> {
  const mentions = (await mentionsOf(db, about.personId)).filter(isInFile);
  if (mentions.length === 0) return { redacted: 0, kept: 0 };
  const named = new Set(mentions.map(({ commitment }) => commitment));
  const rows = await namedTexts(db, about.personId, named);
  const files = new Map(rows.map((row) => [row.file, row.home]));
  const held = new Set<string>();
  let redacted = 0;
  for (const [file, home] of files)
    try {
      redacted += await inTransaction(db, (tx) => redactFile(tx, { home, file }, named, about), {
        timeoutMs: 60_000,
      });
    } catch (error) {
      // Reasons of a hold that was lifted may be covered by another one; the database knows.
      if (home !== 'privacy-hold' || sqlStateOf(error) !== 'CS002') throw error;
      held.add(file);
    }
  await destroyDueKeys(db);
  const kept = new Set(
    rows.flatMap(({ commitment, file, stays }) => (stays || held.has(file) ? [commitment] : [])),
  );
  const gone: Mention[] = mentions.filter(({ commitment }) => !kept.has(commitment));
  if (!about.isPart) await forgetMentions(db, about.personId, gone);
  // The look finds those of requests by itself.
  const unseen = rows.filter(
    ({ home, commitment }) => home !== 'privacy-request' && kept.has(commitment),
  );
  return { redacted, kept: unseen.length };
}

/**
 * How many texts `redactInFiles` would change, with nothing changed.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function wouldRedactInFiles(db: Database, about: AboutPerson): Promise<number> {
  const mentions = (await mentionsOf(db, about.personId)).filter(isInFile);
  if (mentions.length === 0) return 0;
  const named = new Set(mentions.map(({ commitment }) => commitment));
  const { opened, broken } = await openAll(db, await namedTexts(db, about.personId, named));
  const changed = await changedIn(db, opened, named, about);
  return changed.size + broken.filter(({ stays }) => !stays).length;
}

/** What is left of those texts that are another then, by their commitment. */
async function changedIn(
  db: Database | Tx,
  opened: readonly Opened[],
  named: ReadonlySet<string>,
  { personId, values, telling }: AboutPerson,
): Promise<ReadonlyMap<string, string>> {
  const changed = new Map<string, string>();
  for (const { commitment, text, stays } of opened) {
    if (stays || !named.has(commitment) || !namesPerson(text, telling)) continue;
    const others = await namesOfOthers(db, personId, values, text);
    const rest = blackOut(text, values, true, others);
    if (rest !== text) changed.set(commitment, rest);
  }
  return changed;
}

/** @returns how many of its texts are another now. */
async function redactFile(
  tx: Tx,
  { home, file }: { home: TextHome; file: string },
  named: ReadonlySet<string>,
  about: AboutPerson,
): Promise<number> {
  // Whoever writes to the file waits, and seals under the new key.
  await lockNamed(tx, `${locks[home]} ${file}`);
  const rows = await textsOfFile(tx, { home, file, personId: about.personId });
  const { opened, broken } = await openAll(tx, rows);
  const changed = new Map(await changedIn(tx, opened, named, about));
  const [first] = rows;
  // What is on record as naming the person and does not open: nobody knows what of it is theirs.
  const isLost = broken.some(({ commitment, stays }) => named.has(commitment) && !stays);
  if (!first || (changed.size === 0 && !isLost)) return 0;
  if (opened.length + broken.length < rows.length)
    throw new Error(`The key of ${first.number} is no more, so its texts can not be sealed anew.`);
  for (const { commitment } of broken) changed.set(commitment, BLACK);
  const key = await sealAnew(tx, first, {
    opened: [...opened, ...broken.map(lost)],
    changed,
    at: about.at,
  });
  if (home === 'privacy-request') await sealFilesAnew(tx, file, key);
  return changed.size;
}

/** All texts of a file, under its lock; those of a request that are not looked through stay as they are. */
async function textsOfFile(
  tx: Tx,
  { home, file, personId }: { home: TextHome; file: string; personId: string },
): Promise<FileText[]> {
  const naming: FileText[] = [];
  for await (const rows of fileTexts(tx, personId))
    naming.push(...rows.filter((row) => row.file === file));
  const [first] = naming;
  if (home !== 'privacy-request' || !first) return naming;
  const stays = new Map(naming.map((row) => [row.commitment, row.stays]));
  const all = await textsOfRequest(tx, { id: file, number: first.number, keyId: first.keyId });
  return all.map((row) => ({ ...row, stays: stays.get(row.commitment) ?? true }));
}

/**
 * Seals all texts of a file under a new key, those that changed with another salt, and puts the old key down to be destroyed.
 * @returns the new key.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function sealAnew(
  tx: Tx,
  { home, file, number, keyId }: Pick<FileText, 'home' | 'file' | 'number' | 'keyId'>,
  {
    opened,
    changed,
    at,
  }: { opened: readonly Opened[]; changed: ReadonlyMap<string, string>; at: Date },
): Promise<string> {
  const [key] = await dataKeys().make(1);
  if (key === undefined) throw new Error('The key service made no key.');
  const texts = opened.map((row) => {
    const rest = changed.get(row.commitment);
    const salt = rest === undefined ? row.salt : new Uint8Array(randomBytes(SALT_BYTES));
    return { ...row, salt, text: rest ?? row.text, isChanged: rest !== undefined };
  });
  const sealed = await dataKeys().seal(
    texts.map(({ seq, field, salt, text }) => ({
      key,
      context: contextOf(home, file, seq, field),
      plain: new Uint8Array(Buffer.concat([salt, Buffer.from(text, 'utf8')])),
    })),
  );
  const inTrail = { kind: 'text-redacted', actor: 'worker', at } as const;
  await appendAudit(tx, { ...inTrail, subject: number, facts: { texts: changed.size } });
  // Named before it goes, so that it is destroyed even where this process ends before it can.
  await tx.textKeyDue.create({ data: { keyId, since: at }, select: { keyId: true } });
  await writes[home].key(tx, file, key);
  for (const [index, { commitment, seq, field, salt, text, isChanged }] of texts.entries()) {
    const bytes = sealed[index];
    if (!bytes) throw new Error('The key service sealed less than it was given.');
    const data = { sealed: bytes, ...(isChanged && { redacted: commitmentOf(text, salt) }) };
    if (isChanged)
      await appendAudit(tx, {
        ...inTrail,
        subject: commitment,
        facts: { table: tables[home], to: data.redacted ?? null },
      });
    await writes[home].text(tx, { file, seq, field }, data);
  }
  return key;
}

type Place = { file: string; seq: number; field: string };
type Sealed = { sealed: Uint8Array<ArrayBuffer>; redacted?: string };
type Writes = {
  key: (tx: Tx, id: string, keyId: string) => Promise<unknown>;
  text: (tx: Tx, place: Place, data: Sealed) => Promise<unknown>;
};
const writes: Readonly<Record<TextHome, Writes>> = {
  'privacy-breach': {
    key: (tx, id, keyId) => tx.privacyBreach.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyBreachText.updateMany({ where: { breachId: file, seq, field }, data }),
  },
  'privacy-hold': {
    key: (tx, id, keyId) => tx.privacyHold.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyHoldText.updateMany({ where: { holdId: file, seq, field }, data }),
  },
  'privacy-request': {
    key: (tx, id, keyId) => tx.privacyRequest.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyRequestText.updateMany({ where: { requestId: file, seq, field }, data }),
  },
};
