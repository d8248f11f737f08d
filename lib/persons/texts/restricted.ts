/**
 * Texts that name somebody whose data are restricted (Article 18 GDPR), as they are shown: without what of the person may
 * not be read for this use. What is kept stays as it is, and shows again once the restriction is lifted.
 */
import {
  readText,
  readTexts,
  standsForText,
  unopened,
  unreadable,
  type SealedTextRow,
  type TextTable,
} from '#lib/audit/sealed-text.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readValues } from '../read-values.ts';
import { restrictionOn, standingRestrictions } from '../restrictions.ts';
import { stands } from '../stands.ts';
import type { Use } from '../uses.ts';
import { blackOut, type OwnValue } from './black-out.ts';
import type { MentioningTable } from './mentions.ts';
import { namesOfOthers } from './of-others.ts';
import { peopleIn } from './people-in.ts';

/** What stands in the place of a text that can't be blacked out. */
export const withheld =
  'This text names somebody whose data are restricted, and what of it is theirs can’t be told at the moment.';

/** More than are restricted at once in practice; a text that names one beyond is withheld. */
const peopleMax = 500;

type Naming = { text: string | null; people: readonly string[] };

/**
 * Texts of a table to be shown for a use, in order; null for one that was erased. As `readTexts`, but for what is
 * restricted.
 */
export async function readTextsFor(
  db: Database | Tx,
  use: Use,
  table: TextTable,
  rows: readonly SealedTextRow[],
): Promise<(string | null)[]> {
  const texts = await readTexts(db, table, rows);
  const given = rows.map(({ commitment }, index) => ({ commitment, text: texts[index] ?? null }));
  try {
    return await withoutRestricted(db, use, table, given);
  } catch (error) {
    if (!(error instanceof DataKeysError) || error.fault !== 'unavailable') throw error;
    return texts.map((text) => (text === null || text === unopened ? text : unreadable));
  }
}

/** The same for one row, or none. */
export async function readTextFor(
  db: Database | Tx,
  use: Use,
  table: TextTable,
  row: SealedTextRow | null,
): Promise<string | null> {
  return row ? ((await readTextsFor(db, use, table, [row]))[0] ?? null) : readText(db, table, row);
}

/**
 * Opened texts without what may not be read for this use of those whom they name on record, in order.
 * @throws DataKeysError where the key service can't be reached: then nothing is to be shown.
 */
export async function withoutRestricted(
  db: Database | Tx,
  use: Use,
  table: MentioningTable,
  texts: readonly { commitment: string; text: string | null }[],
): Promise<(string | null)[]> {
  const rows = await db.$queryRaw<{ person: string; commitment: string }[]>`
    select distinct m.person_id as person, m.commitment from person_restriction r
      join person_mention m on m.person_id = r.person_id
    where m.of_table = ${table} and m.commitment = any (${texts.map(({ commitment }) => commitment)}::text[]) and ${stands}`;
  const people = new Map<string, string[]>();
  for (const { person, commitment } of rows)
    people.set(commitment, [...(people.get(commitment) ?? []), person]);
  return blackOutOf(
    db,
    use,
    texts.map(({ commitment, text }) => ({ text, people: people.get(commitment) ?? [] })),
  );
}

/**
 * The same for texts that name nobody on record: whom they name is looked up, by keyed hashes.
 * @param except whose texts these are; they are not blacked out of them.
 * @throws DataKeysError where the key service can't be reached: then nothing is to be shown.
 */
export async function withoutRestrictedNamed(
  db: Database | Tx,
  use: Use,
  texts: readonly (string | null)[],
  except: string | null,
): Promise<(string | null)[]> {
  const rows = await db.$queryRaw<{ person: string }[]>`
    select distinct r.person_id as person from person_restriction r
    where r.person_id is distinct from ${except} and ${stands}`;
  const restricted = new Set(rows.map(({ person }) => person));
  if (restricted.size === 0) return [...texts];
  const named = await peopleIn(
    db,
    texts.map((text) => text ?? ''),
  );
  return blackOutOf(
    db,
    use,
    texts.map((text, index) => ({
      text,
      people: (named[index] ?? []).filter((person) => restricted.has(person)),
    })),
  );
}

/** What only stands in the place of a text names nobody. */
const isThere = (text: string | null): boolean => text !== null && !standsForText(text);

async function blackOutOf(
  db: Database | Tx,
  use: Use,
  texts: readonly Naming[],
): Promise<(string | null)[]> {
  const known = new Map<string, readonly OwnValue[] | null>();
  for (const { text, people } of texts)
    for (const person of isThere(text) ? people : [])
      if (!known.has(person))
        known.set(person, known.size < peopleMax ? await valuesNotFor(db, use, person) : null);
  const shown: (string | null)[] = [];
  for (const { text, people } of texts) {
    let rest = text;
    for (const person of isThere(text) ? people : []) {
      const values = known.get(person) ?? null;
      if (rest === null || rest === withheld) break;
      rest = values === null ? withheld : await withoutValues(db, person, values, rest);
    }
    shown.push(rest);
  }
  return shown;
}

async function withoutValues(
  db: Database | Tx,
  person: string,
  values: readonly OwnValue[],
  text: string,
): Promise<string> {
  if (values.length === 0) return text;
  return blackOut(text, values, true, await namesOfOthers(db, person, values, text));
}

/** What of the person may not be read for this use; null where it is not known what that is. */
async function valuesNotFor(
  db: Database | Tx,
  use: Use,
  person: string,
): Promise<readonly OwnValue[] | null> {
  const restrictions = await standingRestrictions(db, person);
  try {
    const held = await readValues(db, person, { use: 'blacking-out', earlierToo: true });
    return held.flatMap(({ field, value }) =>
      value !== null && restrictionOn(restrictions, field, use) !== null ? [{ field, value }] : [],
    );
  } catch (error) {
    if (!(error instanceof DataKeysError) || error.fault === 'unavailable') throw error;
    return null;
  }
}
