/** What a system is that is searched for a person, and how its records are read: in pages, each by an index. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Span, Subject } from './spans.ts';

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
  count(tx: Reader, subject: Subject): Promise<number>;
  /** Each of them, oldest first where they have an order in time. Memory does not grow with them. */
  items(db: Reader, subject: Subject): AsyncIterable<CollectedItem>;
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

/** Clients that the person is, now or before, and when: only then a client's records are theirs. */
export const ownSpans = (db: Reader, personId: string): Promise<Span[]> =>
  db.$queryRaw<Span[]>`
    select t.client_id as client, person_tie_from(t) as "from", t.until from person_tie t
    where t.person_id = ${personId} and t.role = 'client' order by t.client_id, t.since`;

/** Everything that is a person's, whatever of it is told to them. */
export const subjectOf = async (db: Reader, id: string): Promise<Subject> => ({
  id,
  spans: await ownSpans(db, id),
});

/**
 * The condition that a record of a client lies in one of the spans, whole or in part; the index of its client is used.
 * @param ends where a record lasts: up to when.
 */
export function within(
  spans: readonly Span[],
  client: Prisma.Sql,
  at: Prisma.Sql,
  ends: Prisma.Sql = at,
): Prisma.Sql {
  const clients = spans.map((one) => one.client);
  const froms = spans.map(({ from }) => from?.toISOString() ?? '-infinity');
  const untils = spans.map(({ until }) => until?.toISOString() ?? 'infinity');
  return Prisma.sql`(${client} = any (${clients}::text[]) and exists (
    select from unnest(${clients}::text[], ${froms}::text[]::timestamptz[], ${untils}::text[]::timestamptz[])
      as s(client, since, until) where s.client = ${client} and ${at} <= s.until and ${ends} >= s.since))`;
}
