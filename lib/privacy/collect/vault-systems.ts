/** What the vault and what stands beside it hold of a person. */
import { fieldNames, fieldOf } from '#lib/persons/field-map.ts';
import { isUse, uses } from '#lib/persons/uses.ts';
import type { LookPurposeName } from '../people/look-purposes.ts';
import { atOnce, foundIn, paged, type CollectedItem, type System } from './system.ts';
import { systemNames } from './system-names.ts';

/**
 * Fields that a person may know of. What is withheld is not even counted: a number that is greater by one would tell.
 * A field that the map has no more is left out as well, since nothing says that it may be told.
 */
export const tellableFields: readonly string[] = fieldNames.filter(
  (name) => fieldOf(name).withheld === undefined,
);

type ValueItem = CollectedItem & { facts: { field: string; version: number } };

export const vault: System = {
  name: systemNames.vault,
  what: 'What is known of the person, with each earlier version and where it is from.',
  tables: ['person', 'person_value', 'person_hash'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_value
        where person_id = ${person} and field = any (${tellableFields}::text[])`,
    ),
  items: (db, { id: person }) =>
    paged<ValueItem>(async (after) => {
      const rows = await db.$queryRaw<
        {
          field: string;
          version: number;
          origin: string;
          source: string;
          at: Date;
          digest: string;
        }[]
      >`
        select field, version, origin, source, recorded_at as at, encode(sha256(sealed), 'hex') as digest from person_value
        where person_id = ${person} and field = any (${tellableFields}::text[])
          and (field, version) > (${after?.facts.field ?? ''}, ${after?.facts.version ?? 0}::int)
        order by field, version limit ${atOnce}`;
      return rows.map(({ field, version, origin, source, at, digest }) => ({
        ref: `${field} ${version}`,
        at: at.toISOString(),
        facts: { field, version, origin, source, sealed: digest },
      }));
    }),
};

type Numbered = CollectedItem & { id: bigint };

/**
 * Looks that would tell of an authority's question or of a claim that is being prepared: whoever is told that an
 * authority asked, and when, is tipped off (Article 39 of Directive (EU) 2015/849).
 */
const untold: readonly string[] = ['authority', 'claim'] satisfies LookPurposeName[];

/** Who looked is told by their part alone (Court of Justice, C-579/21): the person's right is to when and what for. */
export const looks: System = {
  name: systemNames.looks,
  what: 'When somebody opened the person’s data, and what for.',
  tables: ['person_look'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_look
        where person_id = ${person} and purpose <> all (${untold}::text[])`,
    ),
  items: (db, { id: person }) =>
    paged<Numbered>(async (after) => {
      const rows = await db.$queryRaw<{ id: bigint; purpose: string; at: Date }[]>`
        select id, purpose, at from person_look where person_id = ${person} and id > ${after?.id ?? 0n}
          and purpose <> all (${untold}::text[])
        order by id limit ${atOnce}`;
      return rows.map(({ id, purpose, at }) => ({
        id,
        ref: id.toString(),
        at: at.toISOString(),
        facts: { purpose: purposeWords(purpose) },
      }));
    }),
};

const purposeWords = (purpose: string): string => (isUse(purpose) ? uses[purpose].label : purpose);

type Tie = CollectedItem & { since: Date; key: string };

export const ties: System = {
  name: systemNames.ties,
  what: 'What the person is to which client, from when to when.',
  tables: ['person_tie', 'client'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_tie where person_id = ${person}`,
    ),
  items: (db, { id: person }) =>
    paged<Tie>(async (after) => {
      const rows = await db.$queryRaw<
        { role: string; client: string; since: Date; until: Date | null; key: string }[]
      >`
        select role, client_id as client, since, until, role || ' ' || client_id as key from person_tie
        where person_id = ${person}
          and (since, role || ' ' || client_id) > (${after?.since ?? new Date(0)}, ${after?.key ?? ''})
        order by since, role || ' ' || client_id limit ${atOnce}`;
      return rows.map(({ role, client, since, until, key }) => ({
        since,
        key,
        ref: `${role} ${client} ${since.toISOString()}`,
        at: since.toISOString(),
        facts: { role, client, until: until?.toISOString() ?? null },
      }));
    }),
};
