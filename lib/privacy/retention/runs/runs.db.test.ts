/** Runs of retention: what they find, what they leave, and that nothing goes which nobody approved. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Result } from '#lib/platform/result.ts';
import { endedLongAgo } from '../../testing/ended-long-ago.ts';
import { held, lifted } from '../../testing/hold-desk.ts';
import { advised, openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { identified, restricted } from '../../testing/restriction-desk.ts';
import {
  approve,
  begun,
  decide,
  finish,
  night,
  nightFalls,
  parted,
  reportOf,
} from '../../testing/retention-night.ts';
import { advanceRun } from './advance-run.ts';
import { askRehearsal } from './ask-rehearsal.ts';
import { stopMarketing } from '../../restriction/stop-use.ts';
import { ruleVersion } from './rule-version.ts';
import { countSkipped, type Skipped } from './skips.ts';

let desk: RequestDesk;
let worker: pg.Client;
beforeAll(async () => {
  desk = await openRequestDesk();
  worker = new pg.Client({ connectionString: desk.database.urls.worker });
  await worker.connect();
});
afterAll(async () => {
  await worker.end();
  await desk.close();
});

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
async function refusal(sql: string): Promise<string | null> {
  try {
    await worker.query(sql);
    return null;
  } catch (error) {
    await worker.query('rollback');
    return (error as { code?: string }).code ?? 'unknown';
  }
}
const today = () => dayOf(desk.context.clock());
const itemsOf = (run: string) =>
  desk.owner.retentionItem.findMany({ where: { runId: run }, orderBy: { subject: 'asc' } });
const needs = () => ({
  db: desk.worker,
  clock: desk.context.clock,
  isProved: () => Promise.resolve(true),
});
async function rehearse(day: string): Promise<string> {
  const { number } = valueOf(await askRehearsal(desk.people.ida.actor, { day }, desk.context));
  return (await desk.owner.retentionRun.findUniqueOrThrow({ where: { number } })).id;
}
/** A digest of everything that stands in each table. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const names = await desk.owner.$queryRaw<{ table: string }[]>`
    select tablename as table from pg_tables where schemaname = 'public' order by 1`;
  for (const { table } of names) {
    const [row] = await desk.owner.$queryRawUnsafe<{ digest: string }[]>(
      `select coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as digest from "${table}" t`,
    );
    found[table] = row?.digest ?? '';
  }
  return found;
}

describe('a run', () => {
  it('finds whose time is over by each rule, from the day after the period on, and nobody else', async () => {
    const ids = {
      going: await parted(desk, { years: null, client: 'C-81001' }),
      fresh: await parted(desk, { years: 1, client: 'C-81002' }),
      old: await parted(desk, { years: 6, client: 'C-81003' }),
    };
    const run = await night(desk);
    const relationship = await reportOf(desk, run, 'relationship');
    expect(relationship).toMatchObject({ due: 2, outcome: 'waits', acted: 0 });
    expect(relationship.sample.toSorted()).toEqual([ids.fresh, ids.old].toSorted());
    expect(dayOf(relationship.oldest ?? new Date(0))).toBe(monthsLater(today(), -72));
    expect(dayOf(relationship.newest ?? new Date(0))).toBe(monthsLater(today(), -12));
    expect(await reportOf(desk, run, 'aml-relationship')).toMatchObject({
      due: 1,
      sample: [ids.old],
    });
    expect(await reportOf(desk, run, 'micar-records')).toMatchObject({
      due: 0,
      outcome: 'nothing',
    });
    const [tie] = await desk.owner.personTie.findMany({ where: { personId: ids.old } });
    expect(tie).toBeDefined();
    // Who becomes a client again is not due any more.
    await desk.web.personTie.create({
      data: { personId: ids.old, role: 'representative', clientId: 'C-81003', since: new Date() },
    });
    expect(await reportOf(desk, await night(desk), 'aml-relationship')).toMatchObject({ due: 0 });
  });

  it('leaves who is held, who waits for an answer and who works here, and says how many of each', async () => {
    const before = await reportOf(desk, await night(desk), 'relationship');
    const [one, other] = [
      await parted(desk, { years: 2, client: 'C-82001' }),
      await parted(desk, { years: 2, client: 'C-82002' }),
    ];
    const hold = await held(desk, { person: one });
    await advised({ ...desk, subject: other });
    const report = await reportOf(desk, await night(desk), 'relationship');
    expect(report.due).toBe(before.due + 2);
    expect(report.skipped).toEqual({ hold: 1, request: 1 });
    await lifted(desk, hold.id);
    // Somebody who was a client long ago and works here now.
    const { personId } = desk.people.ben.actor;
    await desk.owner.client.create({ data: { id: 'C-82003' } });
    await desk.owner.personTie.create({
      data: {
        personId,
        role: 'client',
        clientId: 'C-82003',
        since: new Date('2010-01-01'),
        until: new Date('2015-01-01'),
      },
    });
    await endedLongAgo(desk.owner, personId);
    const later = await night(desk);
    expect((await reportOf(desk, later, 'relationship')).skipped).toEqual({ request: 1 });
    expect((await reportOf(desk, later, 'aml-relationship')).skipped).toEqual({ 'works-here': 1 });
  });

  it('leaves whose data are restricted, even where nothing else speaks against it', async () => {
    const person = await parted(desk, { years: 2, client: 'C-82101' });
    const before = await reportOf(desk, await night(desk), 'relationship');
    const { id } = await identified({ ...desk, subject: person }, 'restriction');
    await restricted(desk, id);
    const report = await reportOf(desk, await night(desk), 'relationship');
    expect(report.due).toBe(before.due);
    expect((report.skipped as Skipped).restriction).toBe(1);
  });

  it('finds a consent the day after it was taken back, though the relationship goes on', async () => {
    const values = { 'full-name': 'Bo Ek', 'marketing-consent': 'yes' };
    const person = await parted(desk, { years: null, client: 'C-82102', values });
    const agrees = await parted(desk, { years: null, client: 'C-82103', values });
    valueOf(
      await stopMarketing(desk.people.dora.actor, { person, why: 'withdrawn' }, desk.context),
    );
    const found = await reportOf(desk, await night(desk), 'consent-withdrawn');
    expect(found.sample).not.toContain(person);
    const run = await rehearse(dayOf(new Date(Date.now() + 86_400_000)));
    await finish(desk, run);
    const tomorrow = await reportOf(desk, run, 'consent-withdrawn');
    expect(tomorrow.sample).toContain(person);
    expect(tomorrow.sample).not.toContain(agrees);
  });
});

describe('a rule deletes nothing before a person approved its first report', () => {
  it('then puts down what is due, and stops when somebody stops it', async () => {
    const person = await parted(desk, { years: 7, client: 'C-83001' });
    const first = await night(desk);
    expect(await reportOf(desk, first, 'aml-relationship')).toMatchObject({
      due: 2,
      skipped: { 'works-here': 1 },
      outcome: 'waits',
    });
    expect(await itemsOf(first)).toEqual([]);
    const { dora, ida, mia, ada } = desk.people;
    const about = { run: first, rule: 'aml-relationship' } as const;
    expect(await code(decide(desk, dora, about))).toBe('not-allowed');
    expect(await code(decide(desk, ida, about))).toBe('not-allowed');
    expect(await code(decide(desk, mia, { ...about, rule: 'micar-records' }))).toBe('not-now');
    expect(await code(decide(desk, mia, { ...about, decision: 'stopped' }))).toBe('not-now');
    expect(await code(decide(desk, mia, about))).toBe('done');
    expect(await code(decide(desk, ada, about))).toBe('not-now');
    const second = await night(desk);
    expect(await code(decide(desk, ada, about))).toBe('report-old');
    expect(await reportOf(desk, second, 'aml-relationship')).toMatchObject({
      due: 2,
      acted: 1,
      outcome: 'acted',
    });
    expect(await itemsOf(second)).toMatchObject([
      { rule: 'aml-relationship', subject: person, state: 'due' },
    ]);
    // What waits to go is not put down a second time.
    const third = await night(desk);
    expect(await itemsOf(third)).toEqual([]);
    expect(await code(decide(desk, ada, { ...about, run: third, decision: 'stopped' }))).toBe(
      'done',
    );
    await parted(desk, { years: 7, client: 'C-83002' });
    const fourth = await night(desk);
    expect(await reportOf(desk, fourth, 'aml-relationship')).toMatchObject({ outcome: 'waits' });
    expect(await itemsOf(fourth)).toEqual([]);
  });

  it('whatever the worker writes', async () => {
    await parted(desk, { years: 0, client: 'C-83003' });
    const run = await night(desk);
    const version = ruleVersion('relationship');
    expect(await reportOf(desk, run, 'relationship')).toMatchObject({ outcome: 'waits' });
    const item = `insert into retention_item (run_id, rule, subject, trigger_on, state, queued_at)
      values ('${run}', 'relationship', 'ps-aaaaaaaaaaaaaaaa', now(), 'due', now())`;
    expect(await refusal(item)).toBe('CS002');
    expect(
      await refusal(`insert into retention_decision (run_id, rule, decision, version, up_to, actor, at, document,
        assertion, credential_id) values ('${run}', 'relationship', 'approved', '${version}', 1,
        '${desk.people.mia.actor.personId}', now(), '{}', '{}', 'x')`),
    ).toBe('42501');
    const other = randomUUID();
    await nightFalls(desk);
    await worker.query(`insert into retention_run (id, kind, day, asked_by, asked_at)
      values ('${other}', 'nightly', (now() at time zone 'UTC')::date, 'system', now())`);
    const report = (phase: string, acted: number) =>
      `insert into retention_report (run_id, rule, version, phase, due, acted)
        values ('${other}', 'relationship', '${version}', '${phase}', 5, ${acted})`;
    expect(await refusal(report('acting', 0))).toBe('CS002');
    expect(await refusal(report('counting', 1))).toBe('CS002');
  });
});

describe('a rehearsal', () => {
  it('changes nothing but its own report, for any day that lies ahead', async () => {
    await parted(desk, { years: 2, client: 'C-84001' });
    await finish(desk, await night(desk));
    const run = await rehearse(monthsLater(today(), 48));
    const before = await everything();
    await finish(desk, run);
    const after = await everything();
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    expect(changed).toEqual(['audit_entry', 'retention_report', 'retention_run']);
    const report = await reportOf(desk, run, 'aml-relationship');
    expect(report).toMatchObject({ outcome: 'rehearsed', acted: 0 });
    expect(report.due).toBeGreaterThan(
      (await reportOf(desk, await night(desk), 'aml-relationship')).due,
    );
  });

  it('never acts, is never approved, and only so many wait at once', async () => {
    const run = await rehearse(today());
    await advanceRun(needs(), run);
    expect(
      await refusal(`update retention_report set phase = 'acting' where run_id = '${run}'`),
    ).toBe('CS002');
    await finish(desk, run);
    expect(await code(decide(desk, desk.people.mia, { run, rule: 'relationship' }))).toBe(
      'report-unknown',
    );
    const ask = (day: string) => code(askRehearsal(desk.people.mia.actor, { day }, desk.context));
    expect(await ask('2020-01-01')).toBe('day-unfit');
    expect(await ask(monthsLater(today(), 601))).toBe('day-unfit');
    const runs = [];
    for (let n = 0; n < 5; n += 1) runs.push(await rehearse(today()));
    expect(await ask(today())).toBe('too-many');
    for (const one of runs) await finish(desk, one);
  });
});

describe('a run that was interrupted', () => {
  it('goes on and counts once, even while another worker goes on with it, too', async () => {
    for (const n of [1, 2, 3, 4, 5]) await parted(desk, { years: 3, client: `C-8500${n}` });
    const whole = await reportOf(desk, await night(desk), 'relationship');
    const run = await rehearse(today());
    // A page at a time, with two at work, and one of them cut off in the middle of a page.
    const cutOff = desk.database.connect('worker');
    await advanceRun({ ...needs(), db: cutOff }, run, 1);
    const broken = advanceRun(
      {
        ...needs(),
        db: cutOff,
        clock: () => {
          throw new Error('cut off');
        },
      },
      run,
      1,
    );
    await expect(broken).rejects.toThrow('cut off');
    await Promise.all([finish(desk, run, 1), finish(desk, run, 2)]);
    expect(await reportOf(desk, run, 'relationship')).toMatchObject({
      due: whole.due,
      skipped: whole.skipped,
    });
  });

  it('puts down what is due once', async () => {
    await approve(desk, (await newestNight()).id, 'relationship');
    const run = await begun(desk);
    await Promise.all([finish(desk, run, 1), finish(desk, run, 2)]);
    const report = await reportOf(desk, run, 'relationship');
    const items = (await itemsOf(run)).filter(({ rule }) => rule === 'relationship');
    expect(items).toHaveLength(report.acted);
    expect(report.acted).toBe(report.due - countSkipped(report.skipped as Skipped));
  });
});

const newestNight = () =>
  desk.owner.retentionRun.findFirstOrThrow({
    where: { kind: 'nightly' },
    orderBy: { askedAt: 'desc' },
  });
