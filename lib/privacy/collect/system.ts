/** What a system is that is searched for a person, and how its records are read: in pages, each by an index. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type Reader = Pick<Database | Tx, '$queryRaw'>;

/** Codes, ids, instants and amounts as text; no value of the vault and no text that somebody wrote. */
export type Fact = string | number | boolean | null;
export type Facts = Readonly<Record<string, Fact>>;

/** A record about a person. Whoever of the staff had to do with it stands there by their part, never by an id. */
export type CollectedItem = {
  /** What tells it from the others of its system. */
  ref: string;
  /** ISO instant; null where it has none. */
  at: string | null;
  facts: Facts;
};

export type System = {
  name: string;
  /** What it holds of a person, as they are told. */
  what: string;
  /** Tables that it is read from, for the map of data. */
  tables: readonly string[];
  /** How many records there are of this person. */
  count(tx: Reader, personId: string): Promise<number>;
  /** Each of them, oldest first where they have an order in time. Memory does not grow with them. */
  items(db: Reader, personId: string): AsyncIterable<CollectedItem>;
};

/** Records read at once. */
export const atOnce = 1_000;

/** Reads page after page until one is not full. @param read the page after a record; null asks for the first. */
export async function* paged<T extends CollectedItem>(
  read: (after: T | null) => Promise<T[]>,
): AsyncGenerator<T> {
  for (let last: T | null = null; ;) {
    const page: T[] = await read(last);
    yield* page;
    last = page.at(-1) ?? null;
    if (page.length < atOnce) return;
  }
}

/** The one number of a `select count(*)::int as found`. */
export const foundIn = (rows: readonly { found: number }[]): number => rows[0]?.found ?? 0;

/** Clients that the person is, now or before: only then a client's records are theirs. */
export async function ownClients(db: Reader, personId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct client_id as id from person_tie where person_id = ${personId} and role = 'client' order by 1`;
  return rows.map(({ id }) => id);
}
