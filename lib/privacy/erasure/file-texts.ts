/**
 * Texts of breaches, reasons of legal holds and what was written here in requests of others, in an erasure. They are
 * sealed under the key of their file: where something goes from one, all of the file are sealed under a new key, and the
 * old one is destroyed.
 */
import { BLACK, blackOut, namesPerson, type OwnValue } from '#lib/persons/texts/black-out.ts';
import { destroyDueKeys } from '#lib/persons/texts/destroy-due-keys.ts';
import { writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { forgetMentions, isInFile, mentionsOf, type Mention } from '#lib/persons/texts/mentions.ts';
import { namesOfOthers } from '#lib/persons/texts/of-others.ts';
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import type { TextHome } from '../requests/sealed-texts.ts';
import { allFileTexts, fileTextsNaming, textsOfFile } from './file-rows.ts';
import { asBroken, lost, openAll, tables, type FileText, type Opened } from './open-file-texts.ts';
import { sealFilesAnew } from './request-rows.ts';
import { sealAnew } from './seal-file-anew.ts';

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

const homes = Object.keys(tables) as TextHome[];
const locks: Readonly<Record<TextHome, string>> = {
  'privacy-breach': 'privacy breach',
  'privacy-hold': 'legal hold',
  'privacy-request': 'privacy request',
};

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
  for await (const rows of allFileTexts(db, personId)) {
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

/** What came of the files that name somebody. */
export type FilesRedacted = {
  /** Texts that are another now. */
  redacted: number;
  /** Texts that name the person and stay by law, which the look does not find by itself. */
  kept: number;
  /** Texts that could be read by nobody, and went with the key of their file. */
  unopened: BrokenRow[];
  /** Texts that are on record as naming the person, in files that could not be cleared: nobody may say that they are. */
  uncleared: Pick<BrokenRow, 'table'>[];
  /** What the first of those files failed of. */
  failure: unknown;
};

/** What is kept at hand of all that name the person; the sealed bytes may be many. */
type Named = Pick<FileText, 'home' | 'file' | 'number' | 'commitment' | 'stays'>;

/** Without these, none of the other files goes on either. */
const endsAll = (error: unknown): boolean =>
  error instanceof DataKeysError &&
  ['unavailable', 'not-allowed', 'too-many-made'].includes(error.fault);

/**
 * Blacks out what goes in those that are on record as naming the person. One file per transaction; whatever stops it,
 * calling again goes on, and a mention goes only when the old key is gone. A file that can't be cleared is put aside, so
 * that it keeps none of the others waiting; what names the person in it stays on record.
 * @throws DataKeysError where the key service can't be reached, or makes or destroys no more within the hour.
 */
export async function redactInFiles(db: Database, about: AboutPerson): Promise<FilesRedacted> {
  const done: FilesRedacted = {
    redacted: 0,
    kept: 0,
    unopened: [],
    uncleared: [],
    failure: null,
  };
  const mentions = (await mentionsOf(db, about.personId)).filter(isInFile);
  if (mentions.length === 0) return done;
  const named = new Set(mentions.map(({ commitment }) => commitment));
  const rows: Named[] = [];
  for await (const page of fileTextsNaming(db, about.personId))
    rows.push(
      ...page.map(({ home, file, number, commitment, stays }) => ({
        home,
        file,
        number,
        commitment,
        stays,
      })),
    );
  const files = new Map(rows.map((row) => [row.file, row]));
  const held = new Set<string>();
  const aside = new Set<string>();
  for (const [file, { home, number }] of files)
    try {
      const one = await inTransaction(db, (tx) => redactFile(tx, { home, file }, named, about), {
        timeoutMs: 60_000,
      });
      done.redacted += one.redacted;
      done.unopened.push(...one.unopened);
    } catch (error) {
      if (endsAll(error)) throw error;
      // Reasons of a hold that was lifted may be covered by another one; the database knows.
      if (home === 'privacy-hold' && sqlStateOf(error) === 'CS002') held.add(file);
      else {
        log.error(
          { file: number, code: sqlStateOf(error) },
          'the texts of a file can’t be cleared: look at it',
        );
        done.failure ??= error;
        aside.add(file);
      }
    }
  await destroyDueKeys(db);
  const staying = rows.filter(({ file, stays }) => stays || held.has(file));
  const uncleared = rows.filter((row) => aside.has(row.file) && !row.stays);
  const kept = new Set([...staying, ...uncleared].map(({ commitment }) => commitment));
  const gone: Mention[] = mentions.filter(({ commitment }) => !kept.has(commitment));
  if (!about.isPart) await forgetMentions(db, about.personId, gone);
  // The look finds those of requests by itself.
  const unseen = staying.filter(({ home }) => home !== 'privacy-request');
  return { ...done, kept: unseen.length, uncleared: uncleared.map(asBroken) };
}

/**
 * How many texts `redactInFiles` would change, with nothing changed.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function wouldRedactInFiles(db: Database, about: AboutPerson): Promise<number> {
  const mentions = (await mentionsOf(db, about.personId)).filter(isInFile);
  if (mentions.length === 0) return 0;
  const named = new Set(mentions.map(({ commitment }) => commitment));
  let count = 0;
  for await (const rows of fileTextsNaming(db, about.personId)) {
    const { opened, broken } = await openAll(db, rows);
    count += (await changedIn(db, opened, named, about)).size;
    count += broken.filter(({ stays }) => !stays).length;
  }
  return count;
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

/** @returns how many of its texts are another now, and those of them that could not be read. */
async function redactFile(
  tx: Tx,
  { home, file }: { home: TextHome; file: string },
  named: ReadonlySet<string>,
  about: AboutPerson,
): Promise<Pick<FilesRedacted, 'redacted' | 'unopened'>> {
  // Whoever opens a hold has been, or waits; and whoever writes to the file, which is sealed under the new key then.
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0))`;
  await lockNamed(tx, `${locks[home]} ${file}`);
  const rows = await textsOfFile(tx, { home, file });
  const { opened, broken } = await openAll(tx, rows);
  const changed = new Map(await changedIn(tx, opened, named, about));
  const [first] = rows;
  // What is on record as naming the person and does not open: nobody knows what of it is theirs.
  const isLost = broken.some(({ commitment, stays }) => named.has(commitment) && !stays);
  if (!first || (changed.size === 0 && !isLost)) return { redacted: 0, unopened: [] };
  // Where the key is no more, as in a restored database, none of its texts opens, and the file goes on without them.
  const read = new Set(opened.map(({ commitment }) => commitment));
  const unread = rows.filter(({ commitment }) => !read.has(commitment));
  for (const { commitment } of unread) changed.set(commitment, BLACK);
  const key = await sealAnew(tx, first, {
    opened: [...opened, ...unread.map(lost)],
    changed,
    at: about.at,
  });
  if (home === 'privacy-request') await sealFilesAnew(tx, file, key);
  return { redacted: changed.size, unopened: unread.map(asBroken) };
}
