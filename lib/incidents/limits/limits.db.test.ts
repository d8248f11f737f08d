import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { valueOf } from '#lib/identity/testing/people.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { appendEvent, type NewEvent } from '../desk/append-event.ts';
import { loadIncident, lockIncident } from '../desk/load-incident.ts';
import { openFile } from '../desk/open-file.ts';
import { viewIncident } from '../desk/view-incident.ts';
import { acknowledgeIncident, triageIncident } from '../desk/move-incident.ts';
import { recordProfile } from '../entity/record-profile.ts';
import { setTurn } from '../on-call/set-turn.ts';
import { listReports } from '../reports/list-reports.ts';
import { openReport } from '../reports/open-report.ts';
import { recordSent } from '../reports/move-report.ts';
import { saveDraft } from '../reports/save-draft.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity, sampleProfile } from '../testing/major-incident.ts';
import { pressReport } from '../testing/press-report.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { LimitWatch } from './watch-limits.ts';

let desk: IncidentDesk;
let watch: LimitWatch;
const hour = 3_600_000;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
  watch = new LimitWatch({ db: desk.worker, clock: desk.context.clock });
});
afterAll(() => desk.close());

const clockOf = (incidentId: string, clock: string) =>
  desk.web.incidentClock.findUnique({ where: { incidentId_clock: { incidentId, clock } } });
const eventsOf = async (id: string, kind: string) =>
  ((await loadIncident(desk.web, id))?.events ?? []).filter((event) => event.kind === kind);
async function pass(milliseconds: number): Promise<void> {
  desk.context.passTime(milliseconds);
  await watch.look();
}

describe('time limits', () => {
  it('are written down with their rule and inputs, and a newer version keeps the older', async () => {
    const { id } = await majorIncident(desk, { decide: false });
    await pass(1);
    const seen = String((await loadIncident(desk.web, id))?.seq);
    const before = await clockOf(id, 'initial');
    expect(before?.state).toBe('running');
    await pass(60_000);
    const decide = { id, seen, verdict: 'major', reasons: 'By the facts of the worksheet.' };
    valueOf(await classifyIncidentFile(desk.people.mia.actor, decide, desk.context));
    await pass(1);
    const after = await clockOf(id, 'initial');
    const decidedAt = (await eventsOf(id, 'classified'))[0]?.at ?? '';
    // Four hours after classification, unless that falls on a day with relief.
    const limit = await desk.web.incidentDeadline.findFirstOrThrow({
      where: { incidentId: id, clock: 'initial', version: after?.version ?? 0 },
    });
    expect(limit.limitAt?.getTime()).toBe(Date.parse(decidedAt) + 4 * hour);
    expect(JSON.stringify(limit.facts)).toContain('5(1)(a)');
    expect(after?.version).toBe((before?.version ?? 0) + 1);
    expect(await clockOf(id, 'intermediate')).toMatchObject({ state: 'projected' });
    // Time alone writes nothing.
    await pass(20_000);
    expect((await clockOf(id, 'initial'))?.version).toBe(after?.version);
  });

  it('become others when the entity does, and stop when the incident never was major', async () => {
    const { id } = await majorIncident(desk);
    await pass(1);
    const before = await clockOf(id, 'initial');
    const profile = await desk.web.entityProfile.count();
    const changed = {
      ...sampleProfile,
      seen: String(profile),
      memberState: 'GR',
      zone: 'Europe/Athens',
    };
    valueOf(await recordProfile(desk.people.mia.actor, changed, desk.context));
    await pass(1);
    expect((await clockOf(id, 'initial'))?.version).toBe((before?.version ?? 0) + 1);
    const counted = {
      clients_affected: { value: '1', estimated: false, evidence: null },
      gross_costs_eur: { value: '500', estimated: false, evidence: null },
    };
    const at = (await loadIncident(desk.web, id))?.seq;
    valueOf(
      await recordFacts(desk.people.ada.actor, { id, seen: at, facts: counted }, desk.context),
    );
    const seen = String((await loadIncident(desk.web, id))?.seq);
    const undo = { id, seen, verdict: 'reclassified', reasons: 'The figures were of another day.' };
    valueOf(await classifyIncidentFile(desk.people.ben.actor, undo, desk.context));
    await pass(1);
    expect(await clockOf(id, 'initial')).toMatchObject({ state: 'stopped' });
  });

  it('are warned of once each, and over one the management body is called', async () => {
    const { id } = await majorIncident(desk);
    await pass(1);
    const { dueAt } = (await clockOf(id, 'initial')) ?? {};
    const left = (dueAt?.getTime() ?? 0) - desk.context.clock().getTime();
    await pass(Math.ceil(left * 0.85));
    await pass(20_000);
    expect((await eventsOf(id, 'warned')).map(({ facts }) => facts)).toMatchObject([
      { clock: 'initial', percent: 80 },
    ]);
    await pass(left);
    expect((await eventsOf(id, 'warned')).at(-1)?.facts).toMatchObject({ percent: 100 });
    expect((await eventsOf(id, 'escalated')).at(-1)?.facts).toMatchObject({ level: 3 });
  });
});

describe('a time limit', () => {
  it('is not begun anew by who says later that it was noticed later', async () => {
    const { id } = await majorIncident(desk);
    await pass(1);
    const { dueAt = null } = (await clockOf(id, 'initial')) ?? {};
    await pass((dueAt?.getTime() ?? 0) - desk.context.clock().getTime() + hour);
    const later = { value: desk.context.clock().toISOString(), estimated: false, evidence: null };
    const seen = (await loadIncident(desk.web, id))?.seq;
    const facts = { detected_at: later };
    const said = await recordFacts(desk.people.dora.actor, { id, seen, facts }, desk.context);
    expect(said).toMatchObject({
      refusal: { code: 'fact-invalid', sentence: expect.stringMatching(/^When it was noticed: /) },
    });
    // Nor by what was entered before that was refused.
    await append(id, { kind: 'facts-recorded', facts: { facts } });
    await pass(1);
    expect((await clockOf(id, 'initial'))?.dueAt).toEqual(dueAt);
  });

  it('that can’t be computed keeps nobody from the page of the incident, nor the worker from the others', async () => {
    const { ida } = desk.people;
    const long = new Date('1999-12-31T23:59:59Z');
    const { id } = await inTransaction(desk.worker, (tx) =>
      openFile(tx, {
        id: randomUUID(),
        sort: 'incident',
        source: 'alarm',
        openedAt: desk.context.clock(),
        openedBy: 'system',
        detectedAt: long,
        links: [],
        texts: { title: 'An alarm with a wrong clock' },
        at: desk.context.clock(),
      }),
    );
    const other = await majorIncident(desk);
    await pass(1);
    expect(await clockOf(other.id, 'initial')).toMatchObject({ state: 'running' });
    expect(await eventsOf(id, 'escalated')).toHaveLength(1);
    const fault = 'When it was noticed: Check the year: it is not from 2000 to 2199.';
    const view = valueOf(await viewIncident(ida.actor, { id }, desk.context));
    expect(view).toMatchObject({ clocks: [], clockFault: fault });
    const reports = valueOf(await listReports(ida.actor, { incident: id }, desk.context));
    expect(reports).toMatchObject({ clocks: [], clockFault: fault });
  });
});

/** An event as an earlier version of the console wrote it. */
const append = (id: string, event: Pick<NewEvent<'facts-recorded'>, 'kind' | 'facts'>) =>
  inTransaction(desk.worker, async (tx) => {
    const file = await lockIncident(tx, id);
    if (!file) throw new Error('There is no such incident.');
    return appendEvent(tx, file, { ...event, by: 'system', at: desk.context.clock() });
  });

describe('escalation', () => {
  it('calls who is on call, one level higher while nobody answers, and no more after that', async () => {
    const { ada, ben, mia } = desk.people;
    const from = fieldOf(new Date(desk.context.clock().getTime() - hour));
    const until = fieldOf(new Date(desk.context.clock().getTime() + 24 * hour));
    const turn = (person: string, level: string) =>
      setTurn(mia.actor, { person, level, from, until }, desk.context);
    valueOf(await turn(ada.actor.personId, '1'));
    valueOf(await turn(ben.actor.personId, '2'));
    const { id } = await reported(desk);
    await pass(1);
    expect((await eventsOf(id, 'escalated')).map(({ facts }) => facts)).toEqual([
      { level: 1, rule: 'opened', to: [ada.actor.personId] },
    ]);
    await pass(16 * 60_000);
    expect((await eventsOf(id, 'escalated')).at(-1)?.facts).toEqual({
      level: 2,
      rule: 'unanswered-15',
      to: [ben.actor.personId],
    });
    const seen = String((await loadIncident(desk.web, id))?.seq);
    valueOf(await acknowledgeIncident(ada.actor, { id, seen }, desk.context));
    await pass(60 * 60_000);
    expect(await eventsOf(id, 'escalated')).toHaveLength(2);
    // A critical one goes to the management body at once.
    const form = { id, seen: String(Number(seen) + 1), severity: '1', category: 'custody' };
    const current = String((await loadIncident(desk.web, id))?.seq);
    valueOf(
      await triageIncident(
        ada.actor,
        { ...form, seen: current, reasons: 'Keys may be lost.' },
        desk.context,
      ),
    );
    await pass(1);
    expect((await eventsOf(id, 'escalated')).at(-1)?.facts).toMatchObject({ level: 3 });
  });
});

describe('an initial notification near its limit', () => {
  it('goes out with one person in the last hour, is reviewed by another, and not before', async () => {
    const { id: incident } = await majorIncident(desk);
    const { ada, ben } = desk.people;
    const { id } = valueOf(
      await openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context),
    );
    valueOf(
      await saveDraft(
        ada.actor,
        { id, seen: 1, values: { '2.4': 'Withdrawals of all clients fail since ten o’clock.' } },
        desk.context,
      ),
    );
    valueOf(await pressReport(desk, ada, { id, seen: 0, step: 'raised' }));
    const alone = () => pressReport(desk, ada, { id, seen: 1, step: 'released' });
    const early = await alone();
    expect(early.ok ? 'done' : early.refusal.code).toBe('same-person');
    await watch.look();
    const { dueAt } = (await clockOf(incident, 'initial')) ?? {};
    await pass((dueAt?.getTime() ?? 0) - desk.context.clock().getTime() - hour / 2);
    valueOf(await alone());
    const sentAt = fieldOf(desk.context.clock());
    valueOf(
      await recordSent(ada.actor, { id, seen: '2', sentAt, channel: 'portal' }, desk.context),
    );
    const own = await pressReport(desk, ada, { id, seen: 3, step: 'reviewed' });
    expect(own.ok ? 'done' : own.refusal.code).toBe('same-person');
    valueOf(await pressReport(desk, ben, { id, seen: 3, step: 'reviewed' }));
    await pass(1);
    expect(await clockOf(incident, 'initial')).toMatchObject({ state: 'met' });
    expect(await clockOf(incident, 'intermediate')).toMatchObject({ state: 'running' });
  });
});

describe('a flood of alarms', () => {
  it('keeps nobody from being warned of a time limit, nor from being called about what is new', async () => {
    const { id } = await majorIncident(desk);
    await pass(1);
    const { dueAt } = (await clockOf(id, 'initial')) ?? {};
    await openMany(2_500);
    await pass((dueAt?.getTime() ?? 0) - desk.context.clock().getTime());
    expect((await eventsOf(id, 'warned')).at(-1)?.facts).toMatchObject({ percent: 100 });
    const fresh = await reported(desk);
    await pass(1);
    expect(await eventsOf(fresh.id, 'escalated')).toHaveLength(1);
  });
});

/** Alarms that came in at once. */
async function openMany(incidents: number): Promise<void> {
  const at = desk.context.clock();
  await desk.owner.$transaction([
    desk.owner.$executeRaw`
      create temporary table planned on commit drop as
        select gen_random_uuid() as id from generate_series(1, ${incidents}::int)`,
    desk.owner.$executeRaw`
      insert into incident (id, number, sort, source, opened_at, opened_by)
        select id, '', 'incident', 'alarm', ${at}, 'system' from planned`,
    desk.owner.$executeRaw`
      insert into incident_event (incident_id, seq, kind, actor, at, facts)
        select id, 1, 'opened', 'system', ${at},
            jsonb_build_object('detectedAt', ${at.toISOString()}::text, 'links', '[]'::jsonb) from planned`,
  ]);
}
