/** The desk's second wall: what a program with the web or the worker role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { AuditKind } from '#lib/audit/kinds.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';

let desk: IncidentDesk;
const clients = new Map<'web' | 'worker', pg.Client>();
beforeAll(async () => {
  desk = await openIncidentDesk({ clock: 'held' });
  for (const role of ['web', 'worker'] as const) {
    const client = new pg.Client({ connectionString: desk.database.urls[role] });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await desk.close();
});

async function refusal(sql: string, role: 'web' | 'worker' = 'web'): Promise<string | null> {
  try {
    await clients.get(role)?.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}
const person = () => desk.people.ada.actor.personId;
const event = (id: string, seq: number, kind: string, facts = '{}', actor = person()) =>
  `insert into incident_event (incident_id, seq, kind, actor, at, facts)
     values ('${id}', ${seq}, '${kind}', '${actor}', now() + interval '1 minute', '${facts}')`;

describe('an event', () => {
  it('follows the one before, happens only where it may, and not before what it follows', async () => {
    const { id } = await reported(desk);
    expect(await refusal(event(id, 3, 'noted'))).toBe('CS002');
    expect(await refusal(event(id, 1, 'noted'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'opened'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'closed'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'invented'))).toBe('23514');
    expect(
      await refusal(
        `insert into incident_event (incident_id, seq, kind, actor, at, facts)
           values ('${id}', 2, 'noted', '${person()}', now() - interval '1 day', '{}')`,
      ),
    ).toBe('CS002');
    expect(await refusal(event(id, 2, 'noted'))).toBeNull();
  });

  it('that only a person does is not done by the system, nor by somebody unknown', async () => {
    const { id } = await reported(desk);
    const facts = '{"severity": 1, "category": "other"}';
    expect(await refusal(event(id, 2, 'triaged', facts, 'system'), 'worker')).toBe('CS002');
    expect(await refusal(event(id, 2, 'noted', '{}', 'p-zzzzzzzzzz'))).toBe('CS002');
    expect(await refusal(event(id, 2, 'triaged', facts))).toBeNull();
  });

  it('cannot undo that an incident was major, nor reclassify it by the same person', async () => {
    const { id } = await reported(desk);
    const major = '{"verdict": "major"}';
    const facts = '{"severity": 1, "category": "other"}';
    expect(await refusal(event(id, 2, 'classified', major))).toBe('CS002');
    expect(await refusal(event(id, 2, 'triaged', facts))).toBeNull();
    expect(await refusal(event(id, 3, 'classified', '{"verdict": "perhaps"}'))).toBe('CS002');
    expect(await refusal(event(id, 3, 'classified', major))).toBeNull();
    expect(await refusal(event(id, 4, 'classified', '{"verdict": "not-major"}'))).toBe('CS002');
    const undo = '{"verdict": "reclassified"}';
    expect(await refusal(event(id, 4, 'classified', undo))).toBe('CS002');
    expect(
      await refusal(event(id, 4, 'classified', undo, desk.people.ben.actor.personId)),
    ).toBeNull();
  });

  it('with times that can’t be is refused', async () => {
    const { id } = await reported(desk);
    const times = (occurred: string, recovered: string) =>
      `{"facts": {"occurred_at": {"value": "${occurred}"}, "recovered_at": {"value": "${recovered}"}}}`;
    expect(
      await refusal(
        event(id, 2, 'facts-recorded', times('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')),
      ),
    ).toBe('23514');
  });
});

describe('an event of a report', () => {
  const moved = (report: string, step: string, submittedAt: string | null) =>
    JSON.stringify({ report, stage: 'initial', step, submittedAt });
  const report = '00000000-0000-4000-8000-00000000aaaa';
  const opened = (id: string, stage = 'initial') =>
    `insert into incident_report (id, incident_id, stage, opened_by, opened_at)
       values ('${report}', '${id}', '${stage}', '${person()}', now())`;

  it.each(['web', 'worker'] as const)(
    'does not stand without the step that it tells of: the %s role',
    async (role) => {
      const { id } = await reported(desk);
      const sent = moved(report, 'submitted', '2026-11-28T10:00:00Z');
      for (const actor of ['system', person()])
        for (const facts of [
          sent,
          moved(report, 'opened', null),
          moved(report, 'sent', null),
          '{}',
        ])
          expect(await refusal(event(id, 2, 'report-moved', facts, actor), role)).toBe('CS002');
    },
  );

  it('comes in the transaction of that step, by the same person, and about the same incident', async () => {
    const { id } = await reported(desk);
    const other = await reported(desk);
    const said = event(id, 2, 'report-moved', moved(report, 'opened', null));
    const refused = async (sql: string) => {
      expect(await refusal(`begin; ${sql}; commit`)).toBe('CS002');
      await clients.get('web')?.query('rollback');
    };
    await refused(`${opened(id, 'final')}; ${said}`);
    await refused(`${opened(other.id)}; ${said}`);
    await refused(
      `${opened(id)}; ${event(id, 2, 'report-moved', moved(report, 'opened', null), 'system')}`,
    );
    await refused(
      `${opened(id)}; ${event(id, 2, 'report-moved', moved(report, 'opened', '2026-11-28T10:00:00Z'))}`,
    );
    expect(await refusal(opened(id))).toBeNull();
    expect(await refusal(said)).toBe('CS002');
  });
});

describe('nothing is dated ahead', () => {
  it.each(['web', 'worker'] as const)('by the %s role', async (role) => {
    const { id } = await reported(desk);
    const at = (ahead: string) =>
      `insert into incident_event (incident_id, seq, kind, actor, at, facts)
         values ('${id}', 2, 'noted', '${person()}', now() + interval '${ahead}', '{}')`;
    expect(await refusal(at('70 years'), role)).toBe('CS002');
    expect(await refusal(at('11 minutes'), role)).toBe('CS002');
    expect(await refusal(at('9 minutes'), role)).toBeNull();
    expect(
      await refusal(
        `insert into incident (id, sort, source, opened_at, opened_by)
           values (gen_random_uuid(), 'incident', 'reported', now() + interval '1 day', 'system')`,
        role,
      ),
    ).toBe('CS002');
  });
});

describe.each(['web', 'worker'] as const)('the %s role', (role) => {
  it.each([
    'incident',
    'incident_event',
    'incident_standing',
    'incident_task',
    'incident_link',
    'incident_clock',
    'incident_deadline',
    'recurrence_check',
  ])('cannot change a row of %s', async (table) => {
    const { rows } = (await clients
      .get(role)
      ?.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      )) ?? { rows: [] };
    expect(rows.length).toBeGreaterThan(0);
    for (const { name } of rows)
      expect([name, await refusal(`update ${table} set "${name}" = "${name}"`, role)]).toEqual([
        name,
        '42501',
      ]);
  });

  it.each(['incident_standing', 'incident_task', 'incident_link', 'incident_clock'])(
    'cannot write %s by hand',
    async (table) => {
      expect(await refusal(`insert into ${table} default values`, role)).toBe('42501');
    },
  );

  it('cannot give an incident a number, nor open one of another area without its notice', async () => {
    const row = (source: string) =>
      `insert into incident (id, sort, source, opened_at, opened_by)
         values (gen_random_uuid(), 'incident', '${source}', now(), 'system')`;
    expect(await refusal(row('freeze'), role)).toBe('CS002');
    expect(
      await refusal(
        `insert into incident (id, number, sort, source, opened_at, opened_by)
           values (gen_random_uuid(), 'INC-2026-000099', 'incident', 'reported', now(), 'system')`,
        role,
      ),
    ).toBe('42501');
    // Without its opening it does not stay.
    expect(await refusal(row('reported'), role)).toBe('CS003');
  });
});

describe('texts and evidence', () => {
  it('are erased once, whole and now, with an entry in the audit trail, and nothing else about them changes', async () => {
    const { id, number } = await reported(desk);
    const other = await reported(desk);
    const change = (set: string) =>
      `update incident_text set ${set} where incident_id = '${id}' and seq = 1 and field = 'title'`;
    expect(await refusal(change(`sealed = decode(repeat('01', 80), 'hex')`))).not.toBeNull();
    expect(await refusal(change(`commitment = repeat('0', 64)`))).toBe('42501');
    const erased = (at = 'now()') => change(`sealed = null, erased_at = ${at}`);
    expect(await refusal(erased(`now() - interval '1 day'`))).toBe('CS002');
    expect(await refusal(erased())).toBe('CS003');
    const told = (subject: string, kind: AuditKind, sql: string) =>
      inTransaction(desk.web, async (tx) => {
        await appendAudit(tx, { kind, subject, actor: person(), at: new Date(), facts: {} });
        await tx.$executeRawUnsafe(sql);
      });
    await expect(told(other.number, 'incident-erased', erased())).rejects.toThrow();
    await expect(told(number, 'incident-moved', erased())).rejects.toThrow();
    await told(number, 'incident-erased', erased());
    // An entry tells of its own transaction only.
    expect(await refusal(erased().replaceAll('title', 'description'))).toBe('CS003');
    expect(await refusal(erased())).toBe('CS002');
  });

  it('come with their event, in one transaction, and nothing is put under an event afterwards', async () => {
    const { id } = await reported(desk);
    const text = `insert into incident_text (incident_id, seq, field, sealed, commitment)
      values ('${id}', 1, 'reasons', decode(repeat('01', 80), 'hex'), repeat('ab', 32))`;
    expect(await refusal(text)).toBe('CS002');
  });

  it('evidence comes with the event that names it, and has the length that it says', async () => {
    const { id } = await reported(desk);
    const sha = (text: string) => `encode(sha256(convert_to('${text}', 'UTF8')), 'hex')`;
    const row = (content: number, of: string) =>
      `insert into incident_evidence (id, incident_id, seq, media_type, size, sha256, sealed, commitment)
         values (gen_random_uuid(), '${id}', 2, 'text/plain', 1, ${sha(of)}, decode(repeat('01', ${content}), 'hex'),
           encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'))`;
    expect(await refusal(row(78, 'a'))).toBe('CS002');
    const { rows } = (await clients
      .get('web')
      ?.query<{ sha: string }>(`select ${sha('a')} as sha`)) ?? { rows: [] };
    const facts = `{"sha256": "${rows[0]?.sha ?? ''}"}`;
    const named = event(id, 2, 'evidence-added', facts);
    expect(await refusal(`begin; ${named}; ${row(79, 'a')}; commit`)).toBe('23514');
    await clients.get('web')?.query('rollback');
    expect(await refusal(`begin; ${named}; ${row(78, 'a')}; commit`)).toBeNull();
    expect(await refusal(row(78, 'a'))).toBe('CS002');
    const erase = `update incident_evidence set sealed = null, erased_at = now() where incident_id = '${id}'`;
    expect(await refusal(erase)).toBe('CS003');
  });
});
