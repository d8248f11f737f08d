/** How a room keeps what people write: sealed, with whom it names on record, so that an erasure finds it. */
import {
  sealTexts,
  type SaltedText,
  type SealedText,
  type TextTable,
} from '#lib/audit/sealed-text.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { MentioningTable } from './mentions.ts';
import { mustBeText } from './must-be-text.ts';
import { NamesErasedError } from './names-erased.ts';
import { namedIn, type Named } from './people-in.ts';
import { withheld } from './restricted.ts';
import { wordsOf } from './text-shape.ts';

/** Texts in which names are looked for in one go, so that memory stays flat. */
const LOOKED_AT_ONCE = 1_000;

/** A sealed text, and ids of the people that it names. */
export type KeptText = SealedText & {
  people: readonly string[];
  /** The key of each when the text was looked through, by which an erasure since is seen. */
  keys?: readonly string[];
};

/**
 * Seals texts, in order, and finds whom they name.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 * @throws TextUnopenedError where one only stands in the place of a text that does not open.
 */
export async function keepTexts(
  db: Database | Tx,
  table: TextTable,
  texts: readonly (string | SaltedText)[],
): Promise<KeptText[]> {
  if (texts.length === 0) return [];
  // From a form that was filled with it: what it stands for is not written over.
  for (const given of texts) mustBeText(typeof given === 'string' ? given : given.text);
  if (texts.includes(withheld))
    throw new DataKeysError('unavailable', 'A text that could not be read was to be kept.');
  const sealed = await sealTexts(table, texts);
  const named: Named[][] = [];
  for (let from = 0; from < texts.length; from += LOOKED_AT_ONCE)
    named.push(
      ...(await namedIn(
        db,
        texts
          .slice(from, from + LOOKED_AT_ONCE)
          .map((given) => wordsOf(table, typeof given === 'string' ? given : given.text)),
      )),
    );
  return sealed.map((one, index) => ({
    ...one,
    people: (named[index] ?? []).map(({ person }) => person),
    keys: (named[index] ?? []).map(({ key }) => key),
  }));
}

/** The same for one text. */
export async function keepText(
  db: Database | Tx,
  table: TextTable,
  text: string | SaltedText,
): Promise<KeptText> {
  const [kept] = await keepTexts(db, table, [text]);
  if (!kept) throw new Error('The key service sealed nothing.');
  return kept;
}

/** The columns of a row that keeps it. */
export const textColumns = ({ sealed, commitment }: KeptText): SealedText => ({
  sealed,
  commitment,
});

/**
 * Puts whom the texts name on record, beside the rows that keep them. Of a text that stands there already, who was erased
 * meanwhile is left out.
 * @throws NamesErasedError where somebody of a text that is to be kept was erased, also in part, since it was looked
 *   through; the caller's transaction is to keep nothing then.
 */
export async function writeMentions(
  tx: Tx,
  table: MentioningTable,
  kept: readonly (Pick<KeptText, 'commitment' | 'people' | 'keys'> | null)[],
): Promise<void> {
  const pairs = kept.flatMap((one) =>
    one ? one.people.map((person) => ({ person, commitment: one.commitment })) : [],
  );
  if (pairs.length === 0) return;
  const keyOf = await lockKeys(tx, [...new Set(pairs.map(({ person }) => person))]);
  for (const one of kept)
    if (one?.keys?.some((key, index) => keyOf.get(one.people[index] ?? '') !== key))
      throw new NamesErasedError();
  await tx.$executeRaw`
    insert into person_mention (person_id, of_table, commitment)
    select p.id, ${table}, w.commitment
    from unnest(${pairs.map(({ person }) => person)}::text[],
      ${pairs.map(({ commitment }) => commitment)}::text[]) as w (person, commitment)
    join person p on p.id = w.person and p.erased_at is null
    on conflict do nothing`;
}

/** Keys of people as they are now; whoever erases one of them waits until the transaction ends. */
async function lockKeys(tx: Tx, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; key: string | null }[]>`
    select id, key_id as key from person where id = any (${[...people]}::text[]) order by id for share`;
  return new Map(rows.flatMap(({ id, key }) => (key === null ? [] : [[id, key]])));
}
