/** How a room keeps what people write: sealed, with whom it names on record, so that an erasure finds it. */
import {
  sealTexts,
  unreadable,
  type SaltedText,
  type SealedText,
  type TextTable,
} from '#lib/audit/sealed-text.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { peopleIn } from './people-in.ts';
import { wordsOf } from './text-shape.ts';

/** Texts in which names are looked for in one go, so that memory stays flat. */
const LOOKED_AT_ONCE = 1_000;

/** A sealed text, and ids of the people that it names. */
export type KeptText = SealedText & { people: readonly string[] };

/**
 * Seals texts, in order, and finds whom they name.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 */
export async function keepTexts(
  db: Database | Tx,
  table: TextTable,
  texts: readonly (string | SaltedText)[],
): Promise<KeptText[]> {
  if (texts.length === 0) return [];
  // From a form that was filled while keys were away: what it stands for is not written over.
  if (texts.includes(unreadable))
    throw new DataKeysError('unavailable', 'A text that could not be read was to be kept.');
  const sealed = await sealTexts(table, texts);
  const people: string[][] = [];
  for (let from = 0; from < texts.length; from += LOOKED_AT_ONCE)
    people.push(
      ...(await peopleIn(
        db,
        texts
          .slice(from, from + LOOKED_AT_ONCE)
          .map((given) => wordsOf(table, typeof given === 'string' ? given : given.text)),
      )),
    );
  return sealed.map((one, index) => ({ ...one, people: people[index] ?? [] }));
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

/** Puts whom the texts name on record, beside the rows that keep them. Who was erased meanwhile is left out. */
export async function writeMentions(
  tx: Tx,
  table: TextTable,
  kept: readonly (Pick<KeptText, 'commitment' | 'people'> | null)[],
): Promise<void> {
  const pairs = kept.flatMap((one) =>
    one ? one.people.map((person) => ({ person, commitment: one.commitment })) : [],
  );
  if (pairs.length === 0) return;
  await tx.$executeRaw`
    insert into person_mention (person_id, of_table, commitment)
    select p.id, ${table}, w.commitment
    from unnest(${pairs.map(({ person }) => person)}::text[],
      ${pairs.map(({ commitment }) => commitment)}::text[]) as w (person, commitment)
    join person p on p.id = w.person and p.erased_at is null
    on conflict do nothing`;
}
