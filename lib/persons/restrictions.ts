/** Which data of people are restricted now, and whether something may be read for a use all the same. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { fieldFor, type FieldName, type PersonRole } from './field-map.ts';
import { stands } from './stands.ts';
import { ruleOf, type RestrictionGround, type Use, type UseGround } from './uses.ts';

export type Restriction = {
  id: string;
  /** Fields that it covers; none named means all. */
  fields: readonly string[];
  ground: RestrictionGround;
  /** On what it may still be used. */
  allows: readonly UseGround[];
  /** ISO instant. */
  since: string;
};

/** That a value was not read: since when, and by what that is forbidden. */
export type Withheld = {
  /** ISO instant; null where it was never allowed. */
  since: string | null;
  ground: RestrictionGround | 'no-consent' | 'objection';
};

/** What the person stopped, each by its newest instant. */
export type Stops = {
  marketing: Date | null;
  interest: Date | null;
  /** Categories of data of activities that they objected to with reason, by the instant since when. */
  objected: ReadonlyMap<string, Date>;
};

/** More than anybody has; each of them comes with a request. */
const restrictionsMax = 200;

type Row = Pick<Restriction, 'id' | 'fields'> & { ground: string; allows: string[]; since: Date };

/** Restrictions of a person that stand, the oldest first; one whose lifting no keys prove yet is among them. */
export async function standingRestrictions(
  db: Database | Tx,
  personId: string,
): Promise<Restriction[]> {
  const rows = await db.$queryRaw<Row[]>`
    select r.id::text as id, r.fields, r.ground, r.allows, r.since from person_restriction r
    where r.person_id = ${personId} and ${stands}
    order by r.since, r.id limit ${restrictionsMax}`;
  return rows.map(({ id, fields, ground, allows, since }) => ({
    id,
    fields,
    ground: ground as RestrictionGround,
    allows: allows as UseGround[],
    since: since.toISOString(),
  }));
}

export const covers = ({ fields }: Pick<Restriction, 'fields'>, field: string): boolean =>
  fields.length === 0 || fields.includes(field);

/** The restriction by which this field is not read for this use; null where it may be. */
export function restrictionOn(
  restrictions: readonly Restriction[],
  field: string,
  use: Use,
): Withheld | null {
  const { ground } = ruleOf(use);
  if (ground === 'storage') return null;
  const standing = restrictions.find(
    (one) => covers(one, field) && (ground === null || !one.allows.includes(ground)),
  );
  return standing ? { since: standing.since, ground: standing.ground } : null;
}

export async function loadStops(db: Database | Tx, personId: string): Promise<Stops> {
  const rows = await db.personStop.groupBy({
    by: ['what'],
    where: { personId },
    _max: { at: true },
  });
  const newest = (what: string): Date | null =>
    rows.find((row) => row.what === what)?._max.at ?? null;
  const interest = newest('interest');
  const objected = interest === null ? new Map() : await loadObjected(db, personId);
  return { marketing: newest('marketing'), interest, objected };
}

async function loadObjected(db: Database | Tx, personId: string): Promise<Map<string, Date>> {
  const rows = await db.$queryRaw<{ category: string; since: Date }[]>`
    select d ->> 'category' as category, min(o.since) as since
      from person_objection o join resilience_version v on v.record_id = o.activity_id and v.version = o.version
        cross join lateral jsonb_array_elements(v.facts -> 'data') d
      where o.person_id = ${personId} group by 1`;
  return new Map(rows.map(({ category, since }) => [category, since]));
}

/** Uses for which data are processed on our legitimate interest, where the field rests on it. */
const onInterest: ReadonlySet<Use> = new Set(['colleague-name', 'message', 'operation']);

/**
 * Uses that rest on our interest whatever the field rests on for others: what the contract or the law asks for is read for
 * a use of its own.
 */
const ofOwnAccord: ReadonlySet<Use> = new Set(['message']);

/**
 * The objection that was granted, by which a field that rests on our interest is not read, or is not used of our own accord
 * where it is of an activity that was objected to; null where it may be.
 */
export function objectionOn(
  { interest, objected }: Stops,
  field: FieldName,
  roles: readonly PersonRole[],
  use: Use,
): Withheld | null {
  const { basis, category } = fieldFor(field, roles);
  const since =
    (onInterest.has(use) && basis === 'interest' ? interest : null) ??
    (ofOwnAccord.has(use) ? (objected.get(category) ?? null) : null);
  return since && { since: since.toISOString(), ground: 'objection' };
}
