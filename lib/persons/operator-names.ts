/**
 * Names of those who work with the console, by their ids. Everybody here sees them, so this is no look that is written
 * down; they stand in the vault like anybody's, and go with their keys.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { isUnavailable, openValues } from './sealed-value.ts';
import { stands } from './stands.ts';

/** A roster has at most some hundreds of people. */
const peopleMax = 2_000;
const field = 'full-name';

/** Of `person_value v`: whose name is restricted, or who objected with reason, is an id to colleagues (Art 18, 21). */
const mayBeShown = Prisma.sql`not exists (select from person_restriction r where r.person_id = v.person_id
      and ${stands} and (cardinality(r.fields) = 0 or ${field} = any (r.fields)))
    and not exists (select from person_stop s where s.person_id = v.person_id and s.what = 'interest'
      and not exists (select from person_tie t where t.person_id = v.person_id))`;

type NameRow = { personId: string; version: number; sealed: Uint8Array };

/** Opened names by what was sealed, so that what is stored no more is shown no more; for minutes only. */
const known = new Map<string, string>();
const knownForMs = 5 * 60_000;
let knownSince = 0;

const keyOf = ({ personId, version, sealed }: NameRow): string =>
  `${personId} ${version} ${Buffer.from(sealed).toString('base64')}`;

export type NameOf = (person: string) => string;

/**
 * A function from ids to names; an id stands for itself where there is no name, or where names can't be opened at the
 * moment: who approves a withdrawal is known by their key, so custody goes on without names.
 */
export async function operatorNames(db: Database | Tx): Promise<NameOf> {
  const rows = await db.$queryRaw<NameRow[]>`
    select distinct on (v.person_id) v.person_id as "personId", v.version, v.sealed
    from operator o join person_value v on v.person_id = o.id and v.field = ${field}
    where ${mayBeShown}
    order by v.person_id, v.version desc
    limit ${peopleMax}`;
  const names = await open(rows);
  return (person) => names.get(person) ?? person;
}

/** The name of one operator, as `operatorNames` gives it. */
export async function operatorName(db: Database | Tx, person: string): Promise<string> {
  const rows = await db.$queryRaw<NameRow[]>`
    select v.person_id as "personId", v.version, v.sealed from person_value v
    where v.person_id = ${person} and v.field = ${field} and ${mayBeShown}
    order by v.version desc limit 1`;
  return (await open(rows)).get(person) ?? person;
}

/** The name that was read with something else, for the person themself. */
export async function nameFrom(
  person: string,
  version: number | null,
  sealed: Uint8Array | null,
): Promise<string> {
  if (version === null || sealed === null) return person;
  return (await open([{ personId: person, version, sealed }])).get(person) ?? person;
}

/** People to choose from, in the order of their names. */
export const byName = (
  people: readonly { id: string }[],
  nameOf: NameOf,
): { id: string; name: string }[] =>
  people
    .map(({ id }) => ({ id, name: nameOf(id) }))
    .toSorted(
      (one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1),
    );

async function open(rows: readonly NameRow[]): Promise<ReadonlyMap<string, string>> {
  if (performance.now() - knownSince > knownForMs) {
    known.clear();
    knownSince = performance.now();
  }
  const unknown = rows.filter((row) => !known.has(keyOf(row)));
  if (unknown.length > 0) await openNew(unknown);
  return new Map(
    rows.flatMap((row) => {
      const name = known.get(keyOf(row));
      return name === undefined ? [] : [[row.personId, name] as const];
    }),
  );
}

async function openNew(rows: readonly NameRow[]): Promise<void> {
  try {
    const values = await openValues(rows.map((row) => ({ ...row, field }) as const));
    for (const [index, row] of rows.entries()) {
      const value = values[index];
      if (typeof value === 'string') known.set(keyOf(row), shownText(value));
    }
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log.warn('names can not be opened: the data-key service does not answer');
  }
}
