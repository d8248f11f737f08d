/** Years of incidents, put into a database by its owner through the real guards and projections. */
import pg from 'pg';
import { sealTexts } from '#lib/audit/sealed-text.ts';

/** Spread evenly over the five years that ended a day ago: nothing that happened to them is dated ahead. */
const years = 5;

const tables = 'incident, incident_event, incident_standing, incident_task';

/**
 * Writes incidents with their events, texts, tasks and time limits: one in twenty is major and has reports, one in
 * fifty was dropped, one in thirty is a threat, and the newest half of a percent is still open.
 * @param person who decided, triaged and closed them.
 */
export async function fillDesk(
  ownerUrl: string,
  { incidents, person }: { incidents: number; person: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(planOf(incidents));
    for (const statement of statements) await client.query(statement);
    await writeTexts(client);
    await client.query(`analyze planned, ${tables}`);
    for (const { kind, actor, at, where, facts } of events) {
      await client.query(
        `insert into incident_event (incident_id, seq, kind, actor, at, facts)
           select p.id, s.seq + 1, '${kind}', ${actor ?? `'${person}'`}, ${at}, ${facts}
             from planned p join incident_standing s on s.incident_id = p.id where ${where} order by p.n`,
      );
      // Without it the guards take the many rows for none, and read them one by one.
      await client.query(`analyze ${tables}`);
    }
    for (const statement of limits) await client.query(statement);
    await client.query('commit');
    // As the database's own housekeeping leaves it.
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

const textsAtOnce = 2_000;

/** A title and a description for each, sealed as the desk seals them. */
async function writeTexts(client: pg.Client): Promise<void> {
  for (let from = 0; ; from += textsAtOnce) {
    const { rows } = await client.query<{ id: string; n: number }>(
      'select id, n from planned where n > $1 and n <= $2 order by n',
      [from, from + textsAtOnce],
    );
    if (rows.length === 0) return;
    const texts = rows.flatMap(({ id, n }) => [
      { id, field: 'title', text: `Withdrawals wait, number ${n}` },
      { id, field: 'description', text: 'The node of the provider does not answer. '.repeat(8) },
    ]);
    const sealed = await sealTexts(
      'incident_text',
      texts.map(({ text }) => text),
    );
    await client.query(
      `insert into incident_text (incident_id, seq, field, sealed, commitment)
         select * from unnest($1::uuid[], array_fill(1, array[$2::int]), $3::text[], $4::bytea[], $5::text[])`,
      [
        texts.map(({ id }) => id),
        texts.length,
        texts.map(({ field }) => field),
        sealed.map((one) => Buffer.from(one.sealed)),
        sealed.map(({ commitment }) => commitment),
      ],
    );
  }
}

/** What each incident is to become. A statement that makes a table takes no parameters. */
const planOf = (incidents: number): string => `
  create temporary table planned on commit drop as
    select n, gen_random_uuid() as id,
        date_trunc('milliseconds', now() - interval '1 day' - ((${incidents} - n + 1) * interval '${years} years' / ${incidents})) as at,
        n % 30 = 7 as is_threat, n % 20 = 3 as is_major, n % 50 = 11 as is_dropped,
        n > ${incidents} - greatest(${incidents} / 200, 1) as is_open,
        (array['human_error_mistake', 'human_error_omission', 'malicious_actions_fraudulent_actions',
          'system_failure_network_configuration', 'process_failure_insufficient_unclear_roles_and_responsibilities',
          'external_event_third_party_failures', null])[1 + n % 7] as cause
      from generate_series(1, ${incidents}) n`;

const iso = (at: string): string =>
  `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const fact = (value: string): string =>
  `jsonb_build_object('value', ${value}, 'estimated', false, 'evidence', null)`;

const statements = [
  `insert into incident (id, number, sort, source, opened_at, opened_by)
     select id, '', case when is_threat then 'threat' else 'incident' end, 'reported', at, 'system' from planned order by n`,
  `insert into incident_event (incident_id, seq, kind, actor, at, facts)
     select id, 1, 'opened', 'system', at, jsonb_build_object('detectedAt', ${iso(`at - interval '10 minutes'`)},
       'links', '[]'::jsonb) from planned order by n`,
];

const events: { kind: string; actor?: string; at: string; where: string; facts: string }[] = [
  {
    kind: 'triaged',
    at: `p.at + interval '20 minutes'`,
    where: 'not (p.is_open and p.n % 2 = 0)',
    facts: `jsonb_build_object('severity', 1 + p.n % 4, 'category', 'system-failure')`,
  },
  {
    kind: 'facts-recorded',
    actor: `'system'`,
    at: `p.at + interval '4 hours'`,
    where: `s.state = 'working' and not p.is_threat`,
    facts: `jsonb_build_object('facts', jsonb_build_object(
      'occurred_at', ${fact(iso(`p.at - interval '40 minutes'`))},
      'contained_at', ${fact(iso(`p.at + interval '1 hour'`))},
      'recovered_at', ${fact(iso(`p.at + interval '3 hours'`))},
      'clients_affected', ${fact(`(p.n % 90)::text`)},
      'gross_costs_eur', ${fact(`(p.n * 7 % 90000)::text`)})
      || case when p.cause is null then '{}'::jsonb else jsonb_build_object('root_cause', ${fact('p.cause')}) end)`,
  },
  {
    kind: 'assessed',
    actor: `'system'`,
    at: `p.at + interval '4 hours'`,
    where: `s.state = 'working' and not p.is_threat`,
    facts: `jsonb_build_object('of', s.seq, 'major', p.is_major, 'route', case when p.is_major then '8(1)(b)' else 'not major' end,
      'met', '[]'::jsonb, 'digest', repeat('0', 64), 'rules', 'bench')`,
  },
  {
    kind: 'classified',
    at: `p.at + interval '5 hours'`,
    where: `s.state = 'working' and not p.is_threat and not p.is_dropped`,
    facts: `jsonb_build_object('verdict', case when p.is_major then 'major' else 'not-major' end, 'route', 'not major',
      'met', '[]'::jsonb, 'digest', repeat('0', 64), 'computed', 'not-major')`,
  },
  ...[1, 2].map((task) => ({
    kind: 'task-added',
    actor: `'system'`,
    at: `p.at + interval '6 hours'`,
    where: `s.state = 'working'`,
    facts: `jsonb_build_object('purpose', '${task === 1 ? 'task' : 'action'}', 'assignee', null,
      'dueOn', to_char(p.at + interval '3 days', 'YYYY-MM-DD'))`,
  })),
  ...['2 days', '3 days'].map((after) => ({
    kind: 'task-done',
    actor: `'system'`,
    at: `p.at + interval '${after}'`,
    where: `s.state = 'working' and not p.is_open`,
    facts: `jsonb_build_object('task', (select min(t.seq) from incident_task t
      where t.incident_id = p.id and t.done_at is null))`,
  })),
  {
    kind: 'dropped',
    at: `p.at + interval '4 days'`,
    where: `s.state in ('new', 'working') and p.is_dropped and s.class <> 'major'`,
    facts: `jsonb_build_object('as', 'no-incident', 'of', null)`,
  },
  {
    kind: 'closed',
    at: `p.at + interval '5 days'`,
    where: `s.state = 'working' and not p.is_open`,
    facts: `'{}'::jsonb`,
  },
];

/** Three for each major incident; the open ones run, one in forty was missed. */
const limits = [
  `insert into incident_deadline (incident_id, clock, version, state, limit_at, due_at, done_at, facts, computed_at)
     select p.id, c.clock, 1, case when p.is_open then 'running' when p.n % 40 = 3 then 'late' else 'met' end,
         p.at + c.span, p.at + c.span, case when p.is_open then null else p.at + c.span end, '{}', p.at
       from planned p join incident_standing s on s.incident_id = p.id,
         (values ('initial', interval '9 hours'), ('intermediate', interval '81 hours'), ('final', interval '30 days'))
           c (clock, span)
       where s.class = 'major'`,
];
