/** The second wall of reports: what a program with the web role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { sealedSample } from '#lib/platform/db/testing/sealed-sample.ts';

let desk: IncidentDesk;
let web: pg.Client;
beforeAll(async () => {
  desk = await openIncidentDesk({ clock: 'held' });
  web = new pg.Client({ connectionString: desk.database.urls.web });
  await web.connect();
});
afterAll(async () => {
  await web.end();
  await desk.close();
});

async function refusal(sql: string): Promise<string | null> {
  try {
    await web.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

let count = 0;
async function newReport(stage = 'initial'): Promise<string> {
  const { id } = await reported(desk);
  count += 1;
  const report = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  await web.query(
    `insert into incident_report (id, incident_id, stage, opened_by, opened_at)
       values ('${report}', '${id}', '${stage}', '${desk.people.ada.actor.personId}', now())`,
  );
  return report;
}
/** By the database's clock, which every step is dated by here. */
async function now(): Promise<string> {
  const { rows } = await web.query<{ at: Date }>('select clock_timestamp() as at');
  return new Date(rows[0]?.at.getTime() ?? 0).toISOString();
}
const digest = 'a'.repeat(64);
const step = (
  report: string,
  seq: number,
  name: string,
  by: 'ada' | 'ben' = 'ada',
  facts: object = { digest },
) => `
  insert into incident_report_step (report_id, seq, step, actor, at, facts, statement, assertion, credential_id)
    values ('${report}', ${seq}, '${name}', '${desk.people[by].actor.personId}', date_trunc('milliseconds', clock_timestamp()),
      '${JSON.stringify(facts)}', '{}', '{}', 'key')`;
/** A release with its document, in one transaction as it must be. */
const release = (report: string, seq: number, by: 'ada' | 'ben', facts: object = {}) => `
  begin;
  ${step(report, seq, 'released', by, { digest: sha('x'), ...facts })};
  insert into incident_submission (report_id, seq, sealed, commitment, digest, released_at)
    values ('${report}', ${seq}, ${sealedSample}, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), '${sha('x')}', now());
  commit`;
const sha = (text: string): string => {
  if (text !== 'x') throw new Error('Only one digest is known here.');
  return '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
};

describe('a step', () => {
  it('follows the one before, and what two people stand behind is signed', async () => {
    const report = await newReport();
    expect(await refusal(step(report, 1, 'released', 'ben'))).toBe('CS002');
    expect(await refusal(step(report, 2, 'raised'))).toBe('CS002');
    expect(
      await refusal(
        `insert into incident_report_step (report_id, seq, step, actor, at, facts)
           values ('${report}', 1, 'raised', '${desk.people.ada.actor.personId}', now(), '{}')`,
      ),
    ).toBe('23514');
    expect(await refusal(step(report, 1, 'raised'))).toBeNull();
  });

  it('releases only what was raised, by another person, and with its document', async () => {
    const report = await newReport('final');
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x') }));
    expect(await refusal(step(report, 2, 'released', 'ada', { digest: sha('x') }))).toBe('CS002');
    const alone = { digest: sha('x'), alone: true };
    expect(await refusal(step(report, 2, 'released', 'ada', alone))).toBe('CS002');
    expect(await refusal(step(report, 2, 'released', 'ben', { digest }))).toBe('CS002');
    expect(await refusal(step(report, 2, 'released', 'ben', { digest: sha('x') }))).toBe('CS003');
    expect(await refusal(release(report, 2, 'ben'))).toBeNull();
  });

  it('by one person alone is possible for an initial notification that breaks no rule, and reviewed by another', async () => {
    const broken = await newReport();
    await web.query(step(broken, 1, 'raised', 'ada', { digest: sha('x'), override: true }));
    expect(await refusal(release(broken, 2, 'ada', { alone: true }))).toBe('CS002');
    await web.query('rollback');
    const report = await newReport();
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x'), override: false }));
    expect(await refusal(release(report, 2, 'ada', { alone: true }))).toBeNull();
    // Nobody could record the sending after it.
    expect(await refusal(step(report, 3, 'reviewed', 'ben'))).toBe('CS002');
    await web.query(step(report, 3, 'sent', 'ada', { sentAt: await now() }));
    expect(await refusal(step(report, 4, 'reviewed', 'ada'))).toBe('CS002');
    expect(await refusal(step(report, 4, 'reviewed', 'ben'))).toBeNull();
    expect(await refusal(step(report, 5, 'sent', 'ada', { sentAt: await now() }))).toBe('CS002');
    expect(await refusal(step(report, 5, 'reviewed', 'ben'))).toBe('CS002');
  });

  it('of the sending is still taken where a review was once recorded before it', async () => {
    const report = await newReport();
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x'), override: false }));
    await web.query(release(report, 2, 'ada', { alone: true }));
    // As the database once took it.
    await desk.owner.$transaction([
      desk.owner.$executeRaw`alter table incident_report_step disable trigger guarded`,
      desk.owner.$executeRawUnsafe(step(report, 3, 'reviewed', 'ben')),
      desk.owner.$executeRaw`alter table incident_report_step enable always trigger guarded`,
    ]);
    const receipt = { reference: 'BF-1', receivedAt: await now() };
    expect(await refusal(step(report, 4, 'receipt', 'ada', receipt))).toBe('CS002');
    expect(await refusal(step(report, 4, 'reviewed', 'ben'))).toBe('CS002');
    expect(await refusal(step(report, 4, 'sent', 'ada', { sentAt: await now() }))).toBeNull();
  });

  it('is not dated ahead, nor is a report, a draft or a line of costs', async () => {
    const { id } = await reported(desk);
    const report = await newReport();
    const by = desk.people.ada.actor.personId;
    const ahead = `now() + interval '1 day'`;
    for (const sql of [
      `insert into incident_report (id, incident_id, stage, opened_by, opened_at)
         values (gen_random_uuid(), '${id}', 'initial', '${by}', ${ahead})`,
      `insert into incident_report_draft (report_id, version, sealed, commitment, written_by, written_at)
         values ('${report}', 1, ${sealedSample}, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), '${by}', ${ahead})`,
      step(report, 1, 'raised').replace('clock_timestamp()', ahead),
      `insert into incident_cost (incident_id, seq, year, category, gross_cents, recovery_cents, recorded_by, recorded_at)
         values ('${id}', 1, 2026, 'a', 1, 0, '${by}', ${ahead})`,
    ])
      expect([sql, await refusal(sql)]).toEqual([sql, 'CS002']);
  });

  it('is not dated back between its neighbours, but for clocks that differ', async () => {
    const report = await newReport();
    const at = (seq: number, back: string) =>
      step(report, seq, 'raised').replace(
        'clock_timestamp()',
        `clock_timestamp() - interval '${back}'`,
      );
    expect(await refusal(at(1, '11 minutes'))).toBe('CS002');
    expect(await refusal(at(1, '9 minutes'))).toBeNull();
  });

  it('of the receipt does not lie before the sending', async () => {
    const report = await newReport();
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x') }));
    await web.query(release(report, 2, 'ben'));
    await web.query(step(report, 3, 'sent', 'ada', { sentAt: await now() }));
    const early = { receivedAt: new Date(Date.now() - 120_000).toISOString() };
    expect(await refusal(step(report, 4, 'receipt', 'ada', early))).toBe('CS002');
    expect(await refusal(step(report, 4, 'receipt', 'ada', {}))).toBe('CS002');
    expect(
      await refusal(step(report, 4, 'receipt', 'ada', { receivedAt: await now() })),
    ).toBeNull();
  });

  it('that it was sent does not lie before its release', async () => {
    const report = await newReport();
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x') }));
    await web.query(release(report, 2, 'ben'));
    const early = { sentAt: '2020-01-01T00:00:00Z' };
    expect(await refusal(step(report, 3, 'sent', 'ada', early))).toBe('CS002');
    expect(await refusal(step(report, 3, 'sent', 'ada', {}))).toBe('CS002');
  });
});

describe('what was released', () => {
  it('is not erased by the web server, nor is the draft that it was made of', async () => {
    const report = await newReport();
    const by = desk.people.ada.actor.personId;
    await web.query(
      `insert into incident_report_draft (report_id, version, sealed, commitment, written_by, written_at)
         values ('${report}', 1, ${sealedSample}, encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex'), '${by}', now())`,
    );
    const erase = (table: string) =>
      `update ${table} set sealed = null, erased_at = now() where report_id = '${report}'`;
    // Without a word in the audit trail.
    expect(await refusal(erase('incident_report_draft'))).toBe('CS003');
    await web.query(step(report, 1, 'raised', 'ada', { digest: sha('x') }));
    await web.query(release(report, 2, 'ben'));
    expect(await refusal(erase('incident_submission'))).toBe('42501');
    expect(await refusal(erase('incident_report_draft'))).toBe('CS002');
  });
});

it.each(['incident_report', 'incident_report_step'])(
  'nobody changes a row of %s',
  async (table) => {
    expect(await refusal(`update ${table} set at = at`)).not.toBeNull();
    expect(await refusal(`delete from ${table}`)).toBe('42501');
  },
);
