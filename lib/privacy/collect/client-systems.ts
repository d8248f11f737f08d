/** What stands on record of the clients that a person is; of a client that they only act for, nothing is theirs. */
import {
  atOnce,
  foundIn,
  paged,
  type CollectedItem,
  type Fact,
  type Reader,
  type System,
  within,
} from './system.ts';
import type { Span, Subject } from './spans.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { systemNames } from './system-names.ts';

/**
 * Kinds of operation that are told. A freeze may rest on a suspicion, and what stopped an operation may say so, so
 * neither goes out by itself: the legal review decides whether anything of it is told, in the letter.
 */
export const toldKinds: readonly string[] = [
  'withdrawal',
  'destination-listing',
  'destination-removal',
];

type ByTime = CollectedItem & { id: string; time: Date };

/** Records of a client by an instant and an id, in pages. */
function byTime<R extends { id: string; time: Date }>(
  read: (spans: readonly Span[], after: { id: string; time: Date }) => Promise<R[]>,
  factsOf: (row: R) => Record<string, Fact>,
) {
  return async function* (spans: readonly Span[]): AsyncGenerator<CollectedItem> {
    if (spans.length === 0) return;
    yield* paged<ByTime>(async (after) => {
      const rows = await read(spans, after ?? { id: zero, time: new Date(0) });
      return rows.map((row) => ({
        id: row.id,
        time: row.time,
        ref: row.id,
        at: row.time.toISOString(),
        facts: factsOf(row),
      }));
    });
  };
}

const zero = '00000000-0000-0000-0000-000000000000';

type Operation = {
  id: string;
  time: Date;
  number: string;
  kind: string;
  client: string;
  asset: string | null;
  amount: string | null;
  destination: string | null;
  approvals: number;
};

export const operations: System = {
  name: systemNames.operations,
  what: 'Withdrawals and changes of destinations of the client that the person is. Who decided is told by their part.',
  tables: ['operation', 'operation_statement'],
  count: async (tx, { spans }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from operation o
        where ${within(spans, Prisma.sql`o.client_id`, Prisma.sql`o.raised_at`)} and kind = any (${toldKinds}::text[])`,
    ),
  items: (db, { spans }) =>
    byTime<Operation>(
      (own, after) => db.$queryRaw<Operation[]>`
        select o.id::text as id, o.raised_at as time, o.number, o.kind, o.client_id as client, o.asset,
            o.amount::text as amount, o.intent::jsonb -> 'destination' ->> 'address' as destination,
            (select count(*)::int from operation_statement s where s.operation_id = o.id and s.decision = 'approve')
              as approvals
          from operation o where ${within(own, Prisma.sql`o.client_id`, Prisma.sql`o.raised_at`)} and o.kind = any (${toldKinds}::text[])
            and (o.raised_at, o.id) > (${after.time}, ${after.id}::uuid)
          order by o.raised_at, o.id limit ${atOnce}`,
      ({ number, kind, client, asset, amount, destination, approvals }) => ({
        number,
        kind,
        client,
        asset,
        amount,
        destination,
        raisedBy: 'an operator',
        approvals,
      }),
    )(spans),
};

type Destination = {
  id: string;
  client: string;
  chain: string;
  asset: string;
  address: string;
  class: string;
  state: string;
  method: string | null;
  listed: Date | null;
  removed: Date | null;
};

/** One that stood in a span, whenever it was listed; one that waits to be listed, as long as it waits. */
const stood = (spans: readonly Span[]): Prisma.Sql =>
  within(
    spans,
    Prisma.sql`d.client_id`,
    Prisma.sql`coalesce(d.listed_at, d.expires_at)`,
    Prisma.sql`coalesce(d.removed_at, case when d.listed_at is null then d.expires_at else 'infinity' end)`,
  );

/** Beneficiary addresses and how ownership was shown: what the travel rule (Regulation (EU) 2023/1113) has kept. */
export const destinations: System = {
  name: systemNames.destinations,
  what: 'Addresses to which withdrawals may go, and how it was shown whose they are (travel rule).',
  tables: ['destination'],
  count: async (tx, { spans }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from destination d where ${stood(spans)}`,
    ),
  items: async function* (db, { spans }) {
    yield* paged<CollectedItem>(async (after) => {
      const rows = await db.$queryRaw<Destination[]>`
        select id, client_id as client, chain, asset, address, class, state, evidence_method as method,
            listed_at as listed, removed_at as removed
          from destination d where ${stood(spans)} and id collate "C" > ${after?.ref ?? ''}
          order by id collate "C" limit ${atOnce}`;
      return rows.map(({ id, listed, removed, ...facts }) => ({
        ref: id,
        at: listed?.toISOString() ?? null,
        facts: {
          ...facts,
          listedAt: listed?.toISOString() ?? null,
          removedAt: removed?.toISOString() ?? null,
        },
      }));
    });
  },
};

type Case = {
  id: string;
  time: Date;
  number: string;
  register: string;
  client: string;
  last: string | null;
  moved: Date | null;
};

export const registers: System = {
  name: systemNames.registers,
  what: 'Agreements, complaints, requests for the custody policy, returns and losses of the client that the person is.',
  tables: ['register_case', 'register_step'],
  count: async (tx, { spans }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from register_case c where ${within(spans, Prisma.sql`c.client_id`, Prisma.sql`c.opened_at`)}`,
    ),
  items: (db, { spans }) =>
    byTime<Case>(
      (own, after) => db.$queryRaw<Case[]>`
        select c.id::text as id, c.opened_at as time, c.number, c.register, c.client_id as client, s.step as last, s.at as moved
          from register_case c left join lateral (select step, at from register_step s where s.case_id = c.id
            order by seq desc limit 1) s on true
          where ${within(own, Prisma.sql`c.client_id`, Prisma.sql`c.opened_at`)} and (c.opened_at, c.id) > (${after.time}, ${after.id}::uuid)
          order by c.opened_at, c.id limit ${atOnce}`,
      ({ number, register, client, last, moved }) => ({
        number,
        register,
        client,
        lastStep: last,
        lastStepAt: moved?.toISOString() ?? null,
      }),
    )(spans),
};

type Statement = {
  id: string;
  time: Date;
  client: string;
  reason: string;
  from: Date;
  to: Date;
  digest: string;
};

export const statements: System = {
  name: systemNames.statements,
  what: 'Statements that the client that the person is got, with the digest of each.',
  tables: ['position_statement'],
  count: async (tx, { spans }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from position_statement p where ${within(spans, Prisma.sql`p.client_id`, Prisma.sql`p.issued_at`)}`,
    ),
  items: (db, { spans }) =>
    byTime<Statement>(
      (own, after) => db.$queryRaw<Statement[]>`
        select id::text as id, issued_at as time, client_id as client, reason, period_from as "from", period_to as "to",
            content_digest as digest
          from position_statement p where ${within(own, Prisma.sql`p.client_id`, Prisma.sql`p.issued_at`)}
            and (issued_at, id) > (${after.time}, ${after.id}::uuid)
          order by issued_at, id limit ${atOnce}`,
      ({ client, reason, from, to, digest }) => ({
        client,
        reason,
        from: from.toISOString(),
        to: to.toISOString(),
        digest,
      }),
    )(spans),
};

type Notice = { id: string; time: Date; number: string; operation: string };

/** What clients were told of incidents that touched an operation of theirs. */
export const incidents: System = {
  name: systemNames.incidents,
  what: 'When clients were told of an incident that touched an operation of the client that the person is.',
  tables: ['incident', 'incident_link', 'incident_event'],
  count: async (tx, subject) => {
    let found = 0;
    for await (const _ of noticesOf(tx, subject)) found += 1;
    return found;
  },
  items: noticesOf,
};

async function* noticesOf(db: Reader, { spans }: Subject): AsyncGenerator<CollectedItem> {
  if (spans.length === 0) return;
  const rows = await db.$queryRaw<Notice[]>`
    select i.number || ' ' || e.seq as id, e.at as time, i.number, min(o.number) as operation
      from operation o
        join incident_link l on l.kind = 'operation' and l.ref = o.number
        join incident i on i.id = l.incident_id
        join incident_event e on e.incident_id = i.id and e.kind = 'told' and e.facts ->> 'whom' in ('clients', 'persons')
      where ${within(spans, Prisma.sql`o.client_id`, Prisma.sql`e.at`)} and o.kind = any (${toldKinds}::text[])
      group by i.number, e.seq, e.at order by e.at, i.number, e.seq limit ${noticesMax}`;
  for (const { id, time, number, operation } of rows)
    yield { ref: id, at: time.toISOString(), facts: { incident: number, operation } };
}

/** Far more notices than one client has ever had. */
const noticesMax = 10_000;
