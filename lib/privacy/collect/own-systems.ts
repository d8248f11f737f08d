/** What a person did here themselves: requests about their data, texts that name them, and the acts of an operator. */
import { atOnce, foundIn, paged, type CollectedItem, type System } from './system.ts';
import { systemNames } from './system-names.ts';

type ByTime = CollectedItem & { id: string; time: Date };

export const requests: System = {
  name: systemNames.requests,
  what: 'Requests that the person made about their data, and where each stands.',
  tables: ['privacy_request', 'privacy_request_standing'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from privacy_request_standing where person_id = ${person}`,
    ),
  items: (db, { id: person }) =>
    paged<ByTime>(async (after) => {
      const rows = await db.$queryRaw<
        { id: string; time: Date; number: string; right: string; channel: string; state: string }[]
      >`
        select request_id::text as id, received_at as time, number, "right", channel, state
          from privacy_request_standing where person_id = ${person}
            and (received_at, request_id) > (${after?.time ?? new Date(0)}, ${after?.id ?? noId}::uuid)
          order by received_at, request_id limit ${atOnce}`;
      return rows.map(({ id, time, ...facts }) => ({
        id,
        time,
        ref: facts.number,
        at: time.toISOString(),
        facts,
      }));
    }),
};

const noId = '00000000-0000-0000-0000-000000000000';

/** Texts stay sealed: which there are is told by table and commitment. */
export const texts: System = {
  name: systemNames.texts,
  what: 'Notes, reports and registers in which somebody wrote the person’s name or number.',
  tables: ['person_mention'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from person_mention where person_id = ${person}`,
    ),
  items: (db, { id: person }) =>
    paged<CollectedItem & { table: string; commitment: string }>(async (after) => {
      const rows = await db.$queryRaw<{ table: string; commitment: string }[]>`
        select of_table as "table", commitment from person_mention where person_id = ${person}
          and (of_table, commitment) > (${after?.table ?? ''}, ${after?.commitment ?? ''})
        order by of_table, commitment limit ${atOnce}`;
      return rows.map(({ table, commitment }) => ({
        table,
        commitment,
        ref: `${table} ${commitment}`,
        at: null,
        facts: { table, commitment },
      }));
    }),
};

type Signed = CollectedItem & { time: Date; decision: string; id: bigint };

export const signed: System = {
  name: systemNames.signed,
  what: 'Statements about operations that the person signed with a key, as somebody who works with the console.',
  tables: ['operation_statement'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from operation_statement where person_id = ${person}`,
    ),
  items: (db, { id: person }) =>
    paged<Signed>(async (after) => {
      const rows = await db.$queryRaw<
        { id: bigint; time: Date; decision: string; number: string; kind: string }[]
      >`
        select s.id, s.recorded_at as time, s.decision, o.number, o.kind
          from operation_statement s
            cross join lateral (select number, kind from operation where id = s.operation_id limit 1) o
          where s.person_id = ${person}
            and (s.decision, s.recorded_at, s.id) > (${after?.decision ?? ''}, ${after?.time ?? new Date(0)}, ${after?.id ?? 0n})
          order by s.decision, s.recorded_at, s.id limit ${atOnce}`;
      return rows.map(({ id, time, decision, number, kind }) => ({
        id,
        time,
        decision,
        ref: id.toString(),
        at: time.toISOString(),
        facts: { decision, operation: number, kind },
      }));
    }),
};

type Access = { what: string; ref: string; at: Date; until: Date | null; note: string | null };

/** What an operator has to get in with, and when they were in. */
export const access: System = {
  name: systemNames.access,
  what: 'Security keys, sessions and reviews of somebody who works with the console.',
  tables: ['operator', 'credential', 'session', 'access_review'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select ((select count(*) from credential where operator_id = ${person})
          + (select count(*) from session where operator_id = ${person})
          + (select count(*) from access_review where operator_id = ${person}))::int as found`,
    ),
  items: (db, { id: person }) =>
    paged<CollectedItem & { what: string; time: Date }>(async (after) => {
      const rows = await db.$queryRaw<Access[]>`
        select what, ref, at, until, note from (
            select 'key' as what, encode(sha256(convert_to(id, 'UTF8')), 'hex') as ref, created_at as at,
                null::timestamptz as until, label as note from credential where operator_id = ${person}
            union all select 'review', id::text, reviewed_at, null, verdict from access_review where operator_id = ${person}
            union all select 'session', encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), created_at, last_seen_at, null
              from session where operator_id = ${person}) a
          where (what, at, ref) > (${after?.facts['what'] ?? ''}, ${after?.time ?? new Date(0)}, ${after?.ref ?? ''})
          order by what, at, ref limit ${atOnce}`;
      return rows.map(({ what, ref, at, until, note }) => ({
        what,
        time: at,
        ref,
        at: at.toISOString(),
        facts: { what, until: until?.toISOString() ?? null, note },
      }));
    }),
};
