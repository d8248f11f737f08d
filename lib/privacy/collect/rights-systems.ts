/** What was done about a person's data and their rights: restrictions, stops, corrections, files they sent, breaches. */
import { labelsOf } from '../rectification/changes.ts';
import { atOnce, foundIn, paged, type CollectedItem, type Fact, type System } from './system.ts';
import { systemNames } from './system-names.ts';
import { tellableFields } from './vault-systems.ts';

type ByTime = CollectedItem & { time: Date; key: string };
type Row = { time: Date; key: string };

/** Rows by an instant and what tells them apart, oldest first. */
const inTime = <R extends Row>(
  read: (after: { time: Date; key: string }) => Promise<R[]>,
  factsOf: (row: R) => Record<string, Fact>,
): AsyncGenerator<CollectedItem> =>
  paged<ByTime>(async (after) => {
    const rows = await read(after ?? { time: new Date(0), key: '' });
    return rows.map((row) => ({
      time: row.time,
      key: row.key,
      ref: row.key,
      at: row.time.toISOString(),
      facts: factsOf(row),
    }));
  });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What may be told of by its name; what is withheld is not even named. */
const told = (fields: readonly string[]): string =>
  labelsOf(fields.filter((one) => tellableFields.includes(one))).join(', ');

type Restricted = Row & {
  request: string;
  fields: string[];
  ground: string;
  allows: string[];
  state: string;
  told: Date | null;
  lifted: Date | null;
};

export const restrictions: System = {
  name: systemNames.restrictions,
  what: 'Restrictions of what is done with the person’s data: on which ground, since when and until when.',
  tables: ['person_restriction'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_restriction
        where person_id = ${person} and (cardinality(fields) = 0 or fields && ${tellableFields}::text[])`,
    ),
  items: (db, { id: person }) =>
    inTime<Restricted>(
      (after) => db.$queryRaw<Restricted[]>`
        select r.id::text as key, r.since as time, q.number as request, r.fields, r.ground, r.allows, r.state,
            r.told_at as told, r.lifted_at as lifted
          from person_restriction r
            cross join lateral (select number from privacy_request where id = r.request_id limit 1) q
          where r.person_id = ${person} and (cardinality(r.fields) = 0 or r.fields && ${tellableFields}::text[])
            and (r.since, r.id::text) > (${after.time}, ${after.key})
          order by r.since, r.id::text limit ${atOnce}`,
      ({ request, fields, ground, allows, state, ...row }) => ({
        request,
        fields: fields.length === 0 ? 'everything' : told(fields),
        ground,
        stillUsedFor: allows.join(', '),
        state,
        toldAt: iso(row.told),
        liftedAt: iso(row.lifted),
      }),
    ),
};

type Stopped = Row & { what: string; why: string; request: string | null };

export const stops: System = {
  name: systemNames.stops,
  what: 'Consents that the person took back and uses that they objected to, as they were stopped.',
  tables: ['person_stop', 'person_objection'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select ((select count(*) from person_stop where person_id = ${person})
          + (select count(*) from person_objection where person_id = ${person}))::int as found`,
    ),
  items: (db, { id: person }) =>
    inTime<Stopped>(
      (after) => db.$queryRaw<Stopped[]>`
        select key, time, what, why, request from (
            select s.what || ' ' || s.at as key, s.at as time, s.what, s.why, q.number as request
              from person_stop s left join lateral (select number from privacy_request where id = s.request_id limit 1) q
                on true where s.person_id = ${person}
            union all select o.request_id || ' ' || o.activity_id || ' ' || o.place, o.since,
                coalesce(v.facts -> 'purposes' -> o.place ->> 'purpose', 'a purpose'), 'objected', q.number
              from person_objection o
                cross join lateral (select facts from resilience_version
                  where record_id = o.activity_id and version = o.version limit 1) v
                cross join lateral (select number from privacy_request where id = o.request_id limit 1) q
              where o.person_id = ${person}) a
          where (time, key) > (${after.time}, ${after.key}) order by time, key limit ${atOnce}`,
      ({ what, why, request }) => ({ what, why, request }),
    ),
};

type Corrected = Row & {
  request: string | null;
  fields: string[];
  outcome: string | null;
  decided: Date | null;
};

/** Those that were turned down or wait as well; refused requests for one stand with the requests. */
export const corrections: System = {
  name: systemNames.corrections,
  what: 'Corrections of the person’s data: what was made, turned down, taken back or waits.',
  tables: ['person_correction'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_correction
        where person_id = ${person} and fields && ${tellableFields}::text[]`,
    ),
  items: (db, { id: person }) =>
    inTime<Corrected>(
      (after) => db.$queryRaw<Corrected[]>`
        select c.id::text as key, c.proposed_at as time, q.number as request, c.fields, c.outcome, c.decided_at as decided
          from person_correction c
            left join lateral (select number from privacy_request where id = c.request_id limit 1) q on true
          where c.person_id = ${person} and c.fields && ${tellableFields}::text[]
            and (c.proposed_at, c.id::text) > (${after.time}, ${after.key})
          order by c.proposed_at, c.id::text limit ${atOnce}`,
      ({ request, fields, outcome, decided }) => ({
        request,
        fields: told(fields),
        outcome: outcome ?? 'waits',
        decidedAt: iso(decided),
      }),
    ),
};

type Sent = Row & { number: string; mediaType: string; size: number; erased: boolean };

/** Which there are; a file may show others, whom no program can black out, so none goes out by itself. */
export const files: System = {
  name: systemNames.files,
  what: 'Files of the person’s requests, which came with them or were added to them here: when, of which kind and how large.',
  tables: ['privacy_request_event', 'privacy_request_file'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from privacy_request_standing s
          join privacy_request_event o on o.request_id = s.request_id and o.seq = 1
          join privacy_request_event e on e.request_id = s.request_id and e.kind = 'file-added'
        where s.person_id = ${person} and o.facts ->> 'forAnother' = 'false'`,
    ),
  items: (db, { id: person }) =>
    inTime<Sent>(
      (after) => db.$queryRaw<Sent[]>`
        select s.number || ' ' || e.seq as key, e.at as time, s.number, e.facts ->> 'mediaType' as "mediaType",
            (e.facts ->> 'size')::int as size,
            exists (select from privacy_request_file f where f.request_id = e.request_id and f.seq = e.seq
              and f.sealed is null) as erased
          from privacy_request_standing s
            join privacy_request_event o on o.request_id = s.request_id and o.seq = 1
            join privacy_request_event e on e.request_id = s.request_id and e.kind = 'file-added'
          where s.person_id = ${person} and o.facts ->> 'forAnother' = 'false'
            and (e.at, s.number || ' ' || e.seq) > (${after.time}, ${after.key})
          order by e.at, s.number || ' ' || e.seq limit ${atOnce}`,
      ({ number, mediaType, size, erased }) => ({ request: number, mediaType, size, erased }),
    ),
};

type Concerned = Row & {
  number: string;
  told: Date | null;
  off: boolean;
};

/** That they stand on the list, and nothing of what happened to others. */
export const breaches: System = {
  name: systemNames.breaches,
  what: 'Breaches of personal data that concern the person, and when they were told.',
  tables: ['privacy_breach_person', 'privacy_breach_taken_off', 'privacy_breach_told'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select ((select count(*) from privacy_breach_person where person_id = ${person})
          + (select count(*) from privacy_breach_taken_off where person_id = ${person}))::int as found`,
    ),
  items: (db, { id: person }) =>
    inTime<Concerned>(
      (after) => db.$queryRaw<Concerned[]>`
        select key, time, number, told, off from (
            select b.number || ' ' || p.seq as key, e.at as time, b.number, t.at as told, false as off
              from privacy_breach_person p join privacy_breach b on b.id = p.breach_id
                join privacy_breach_event e on e.breach_id = p.breach_id and e.seq = p.seq
                left join lateral (select x.at from privacy_breach_told t
                  join privacy_breach_event x on x.breach_id = t.breach_id and x.seq = t.seq
                  where t.breach_id = p.breach_id and t.person_id = p.person_id limit 1) t on true
              where p.person_id = ${person}
            union all select b.number || ' ' || o.seq || ' off', e.at, b.number, null, true
              from privacy_breach_taken_off o join privacy_breach b on b.id = o.breach_id
                join privacy_breach_event e on e.breach_id = o.breach_id and e.seq = o.seq
              where o.person_id = ${person}) a
          where (time, key) > (${after.time}, ${after.key}) order by time, key limit ${atOnce}`,
      ({ number, told: toldAt, off }) => ({
        breach: number,
        standing: off ? 'taken off the list' : 'on the list',
        toldAt: iso(toldAt),
      }),
    ),
};
