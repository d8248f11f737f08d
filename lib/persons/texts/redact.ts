/** Blacks out what texts of other rooms say of a person; in the worker, which alone may. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { sealText, type SealedTextRow, type TextTable } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { BLACK, blackOut, namesPerson, type OwnValue } from './black-out.ts';
import { destroyDueKeys } from './destroy-due-keys.ts';
import { keptOf } from './kept-texts.ts';
import { namesOfOthers } from './of-others.ts';
import { forgetMentions, isInFile, mentionsOf, type Mention } from './mentions.ts';
import { keyOf, openFound } from './open-found.ts';
import { mapWords, wholeText } from './text-shape.ts';
import { isTextTable, replaceText, textRows } from './text-rows.ts';

export type Redaction = {
  /** Texts that are another now. */
  redacted: number;
  /** Texts that name the person and stay, each with its reason. */
  kept: (Mention & { reason: string })[];
  /** Texts that were on record as naming the person when it began; what came since has not been looked at. */
  looked: Mention[];
  /** False where the time was up; what is done is done, and asking again goes on. */
  isWhole: boolean;
};

type Wanted = {
  personId: string;
  /** What goes: values of theirs, earlier versions too. */
  values: readonly OwnValue[];
  /**
   * By which it is told that a text means them: all that is known of them but what is others' too. What goes where it is
   * left out.
   */
  telling?: readonly OwnValue[];
  at: Date;
  /** How many texts at most are opened. */
  most?: number;
  /** Whether the rest of the person stays, so that the texts stay on record as naming them. */
  isPart?: boolean;
};

/** Keys that are destroyed in one go. */
const AT_ONCE = 50;
const MOST = 2_000;

/**
 * For each text that mentions the person: what is theirs is blacked out, the rest is sealed anew under a new key, and the
 * old key is destroyed, so that the text as it was opens from no backup. One text per transaction; whatever stops it,
 * calling again goes on, and a mention goes only when the old key is gone. Texts under the key of a file are left. Of a
 * text that does not open nobody knows what of it is the person's, so all of it goes, with its key.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour.
 */
export async function redactMentions(db: Database, wanted: Wanted): Promise<Redaction> {
  const { personId, isPart = false } = wanted;
  // Without a mention that goes, another call would begin with the same texts.
  const most = isPart ? Infinity : (wanted.most ?? MOST);
  const mentions = await mentionsOf(db, personId);
  const kept = await keptOf(db, mentions);
  const stays = new Set(kept.map(({ commitment }) => commitment));
  const open = mentions.filter((one) => !isInFile(one) && !stays.has(one.commitment));
  let redacted = 0;
  for (let from = 0; from < Math.min(open.length, most); from += AT_ONCE) {
    const some = open.slice(from, Math.min(from + AT_ONCE, most));
    for (const mention of some) if (await redactOne(db, mention, wanted)) redacted += 1;
    await destroyDueKeys(db);
    if (!isPart) await forgetMentions(db, personId, some);
  }
  // Where nothing is known of the person any more, nothing opens, either.
  if (wanted.values.length === 0 && !isPart)
    await forgetMentions(db, personId, mentions.filter(isInFile));
  return { redacted, kept, looked: mentions, isWhole: open.length <= most };
}

/**
 * Those texts that `redactMentions` would change, with nothing changed.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function wouldRedact(db: Database, wanted: Wanted): Promise<Mention[]> {
  const mentions = await mentionsOf(db, wanted.personId);
  const stays = new Set((await keptOf(db, mentions)).map(({ commitment }) => commitment));
  const changed: Mention[] = [];
  for (const one of mentions)
    if (!isInFile(one) && !stays.has(one.commitment) && (await restOf(db, one, wanted)))
      changed.push(one);
  return changed;
}

async function redactOne(db: Database, mention: Mention, wanted: Wanted): Promise<boolean> {
  const found = await restOf(db, mention, wanted);
  return found !== null && replace(db, found, wanted.at);
}

type Rest = {
  table: TextTable;
  row: SealedTextRow;
  rest: string;
  /** The row does not open, so it may not say which key is its own, either. */
  isLost: boolean;
};

/** What is left of a text; null where it stays as it is. */
async function restOf(
  db: Database,
  { table, commitment }: Mention,
  { personId, values, telling = values }: Wanted,
): Promise<Rest | null> {
  // Whoever has the web server can write a mention of anything.
  if (!isTextTable(table)) return null;
  const [row] = await textRows(db, table, [commitment]);
  const [found] = row ? await openFound(db, table, [row]) : [];
  if (!row || !found) return null;
  const { text, words: written, fault } = found;
  if (text === null)
    return fault === null ? null : { table, row, rest: wholeText(table, BLACK), isLost: true };
  if (!namesPerson(written, telling)) return null;
  const others = await namesOfOthers(db, personId, values, written);
  const black = (words: string): string => blackOut(words, values, true, others);
  const rest = fault === null ? mapWords(table, text, black) : black(text);
  return rest === text ? null : { table, row, rest, isLost: false };
}

async function replace(
  db: Database,
  { table, row, rest, isLost }: Rest,
  at: Date,
): Promise<boolean> {
  const keys = isLost ? await ownKeys(db, table, row) : [keyOf(row.sealed)];
  const sealed = await sealText(table, rest);
  const isReplaced = await inTransaction(db, async (tx) => {
    await appendAudit(tx, {
      kind: 'text-redacted',
      subject: row.commitment,
      actor: 'worker',
      at,
      facts: { table, to: sealed.commitment },
    });
    // Named before it goes, so that it is destroyed even where this process ends before it can.
    await tx.textKeyDue.createMany({
      data: keys.map((keyId) => ({ keyId, since: at })),
      skipDuplicates: true,
    });
    return replaceText(tx, table, row, { sealed: sealed.sealed, redacted: sealed.commitment });
  });
  // Only another redaction changes a text: of the same person by another worker, or of another person.
  if (!isReplaced) throw new Error('A text was blacked out by somebody else meanwhile.');
  return isReplaced;
}

/** Keys that belong to a row, whatever is left of its bytes. */
async function ownKeys(
  db: Database,
  table: TextTable,
  { commitment }: SealedTextRow,
): Promise<string[]> {
  const where = { kind: 'text', owner: `${table}/${commitment}` };
  const rows = await db.dataKeyOwner.findMany({ where, select: { keyId: true }, take: AT_ONCE });
  return rows.map(({ keyId }) => keyId);
}
