/** What a person can object to: what rests on our legitimate interest, by the field map and the record of processing. */
import { fieldFor, fieldNames, isFieldName, type FieldName } from '#lib/persons/field-map.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { categoriesOfRoles } from '../registers/categories-of-roles.ts';

/** A purpose of an activity, by its place in a version of the record. */
export type ObjectablePurpose = {
  activity: string;
  version: number;
  place: number;
  /** Of the activity in its register. */
  number: string;
  name: string;
  purpose: string;
};

export type Objectable = {
  /** Fields of the vault that rest on it. */
  fields: FieldName[];
  purposes: ObjectablePurpose[];
};

const purposesMax = 200;
const restrictionsMax = 20;

/**
 * Of what was restricted while an objection is tested (Art 18(1)(d)), what rests on a legitimate interest (Art 21(1)): a
 * contract or a legal duty goes on. Activities count that are about people of their kind, or of any kind but staff where
 * nothing says what they are, and about data of a category that was restricted.
 */
export async function objectableIn(
  tx: Tx,
  requestId: string,
  personId: string,
): Promise<Objectable> {
  const roles = await rolesOf(tx, personId);
  const restricted = await tx.personRestriction.findMany({
    where: { requestId, personId, ground: 'objection' },
    select: { fields: true },
    take: restrictionsMax,
  });
  const isAll = restricted.some(({ fields }) => fields.length === 0);
  const named = isAll
    ? fieldNames
    : restricted.flatMap(({ fields }) => fields.filter((field) => isFieldName(field)));
  const categories = isAll
    ? null
    : [...new Set(named.map((name) => fieldFor(name, roles).category))];
  return {
    fields: named.filter((name) => fieldFor(name, roles).basis === 'interest'),
    purposes: await purposesAbout(tx, categoriesOfRoles(roles), categories),
  };
}

/** @param data categories that it is about; null where it is about all. */
const purposesAbout = (
  tx: Tx,
  kinds: readonly string[],
  data: readonly string[] | null,
): Promise<ObjectablePurpose[]> =>
  tx.$queryRaw<ObjectablePurpose[]>`
    select c.record_id::text as activity, c.version, (p.place - 1)::int as place, c.number,
        coalesce(c.facts ->> 'name', '') as name, coalesce(p.purpose ->> 'purpose', '') as purpose
      from resilience_current c
        cross join lateral jsonb_array_elements(c.facts -> 'purposes') with ordinality p (purpose, place)
      where c.kind = 'activity' and not c.retired and c.facts ->> 'state' <> 'ended'
        and p.purpose ->> 'basis' = 'legitimate-interests'
        and case when cardinality(${[...kinds]}::text[]) = 0 then c.facts -> 'persons' <> '["staff"]'::jsonb
          else c.facts -> 'persons' ?| ${[...kinds]}::text[] end
        and (${data === null} or exists (select from jsonb_array_elements(c.facts -> 'data') d
          where d ->> 'category' = any (${[...(data ?? [])]}::text[])))
      order by c.number, p.place limit ${purposesMax}`;

export const isNothingObjectable = ({ fields, purposes }: Objectable): boolean =>
  fields.length === 0 && purposes.length === 0;
