import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { addEvidence } from './add-evidence.ts';
import { linkIncident, unlinkIncident } from './link-incident.ts';
import { listIncidents } from './list-incidents.ts';
import { loadIncident } from './load-incident.ts';
import {
  acknowledgeIncident,
  assignIncident,
  closeIncident,
  dropIncident,
  noteIncident,
  triageIncident,
} from './move-incident.ts';
import { reportIncident } from './report-incident.ts';
import { reviewIncident } from './review-incident.ts';
import { addTask, finishTask, moveTask } from './tasks.ts';
import { takeOver } from './take-over.ts';
import { viewEvidence } from './view-evidence.ts';
import { viewIncident } from './view-incident.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const refusalOf = async (acting: Promise<unknown>): Promise<string> => {
  const result = (await acting) as { ok: boolean; refusal?: { code: string } };
  return result.ok ? 'done' : (result.refusal?.code ?? '?');
};
const triage = (id: string, seen: number, severity = '2') =>
  triageIncident(
    desk.people.ben.actor,
    {
      id,
      seen: String(seen),
      severity,
      category: 'system-failure',
      reasons: 'Withdrawals of every client wait.',
    },
    desk.context,
  );
const view = async (id: string) =>
  valueOf(await viewIncident(desk.people.ida.actor, { id }, desk.context));

/** What the database draws for lists and what is folded from the events are the same. */
async function expectSame(id: string): Promise<void> {
  const file = await loadIncident(desk.web, id);
  const row = await desk.web.incidentStanding.findUniqueOrThrow({ where: { incidentId: id } });
  const { standing } = file ?? {};
  expect({
    seq: row.seq,
    state: row.state,
    class: row.class,
    severity: row.severity,
    category: row.category,
    assignee: row.assignee,
    escalation: row.escalation,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    classifiedAt: row.classifiedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  }).toEqual({
    seq: standing?.seq,
    state: standing?.state,
    class: standing?.class,
    severity: standing?.severity,
    category: standing?.category,
    assignee: standing?.assignee,
    escalation: standing?.escalation,
    acknowledgedAt: standing?.acknowledgedAt,
    classifiedAt: standing?.classifiedAt,
    closedAt: standing?.closedAt,
    reviewedAt: standing?.reviewedAt,
  });
  const tasks = await desk.web.incidentTask.findMany({
    where: { incidentId: id },
    orderBy: { seq: 'asc' },
  });
  expect(
    tasks.map((task) => ({
      seq: task.seq,
      purpose: task.purpose,
      assignee: task.assignee,
      dueOn: task.dueOn.toISOString().slice(0, 10),
      doneAt: task.doneAt?.toISOString() ?? null,
    })),
  ).toEqual(standing?.tasks);
  const links = await desk.web.incidentLink.findMany({
    where: { incidentId: id },
    orderBy: [{ seq: 'asc' }, { kind: 'asc' }, { ref: 'asc' }],
    select: { kind: true, ref: true, seq: true },
  });
  expect(links).toEqual(standing?.links);
}

describe('an incident that a person reports', () => {
  it('is new, is listed, and has its number from the database', async () => {
    const { id, number } = await reported(desk);
    expect(number).toMatch(/^INC-\d{4}-\d{6}$/);
    const listed = valueOf(await listIncidents(desk.people.ida.actor, {}, desk.context));
    expect(listed.rows.find((row) => row.id === id)).toMatchObject({
      number,
      state: 'new',
      class: 'open',
      source: 'reported',
    });
    expect((await view(id)).timeline).toHaveLength(1);
    await expectSame(id);
  });

  it('is not taken by an auditor, nor with a time that lies ahead, nor without a description', async () => {
    const form = {
      sort: 'incident',
      detectedAt: fieldOf(new Date()),
      title: 'The node is down',
      description: 'It answers nothing since noon.',
    };
    const { ida, ada } = desk.people;
    expect(await refusalOf(reportIncident(ida.actor, form, desk.context))).toBe('not-allowed');
    const ahead = { ...form, detectedAt: fieldOf(new Date(Date.now() + 86_400_000)) };
    expect(await refusalOf(reportIncident(ada.actor, ahead, desk.context))).toBe('in-the-future');
    for (const [detectedAt, code] of [
      // A year typed as two figures is refused at the door.
      ['0026-11-28T09:00', 'form-invalid'],
      ['1926-11-28T09:00', 'too-long-ago'],
    ])
      expect(
        await refusalOf(reportIncident(ada.actor, { ...form, detectedAt }, desk.context)),
      ).toBe(code);
    const mute = { ...form, description: ' ' };
    expect(await refusalOf(reportIncident(ada.actor, mute, desk.context))).toBe('text-invalid');
    const nowhen = { ...form, detectedAt: '2026-02-30T10:00' };
    expect(await refusalOf(reportIncident(ada.actor, nowhen, desk.context))).toBe('form-invalid');
  });

  it('as a cyber threat is numbered as one', async () => {
    const threat = valueOf(
      await reportIncident(
        desk.people.dora.actor,
        {
          sort: 'threat',
          detectedAt: fieldOf(new Date()),
          title: 'A library we use has a known hole',
          description: 'The maker tells of attacks on others through it.',
        },
        desk.context,
      ),
    );
    expect(threat.number).toMatch(/^TH-\d{4}-\d{6}$/);
  });

  it('is triaged, assigned, worked on and closed, each once and in this order', async () => {
    const { id } = await reported(desk);
    const { ada, ben, ida } = desk.people;
    const early = { id, seen: '1', reasons: 'Nothing is left to be done.' };
    expect(await refusalOf(closeIncident(ada.actor, early, desk.context))).toBe('not-now');
    expect(await refusalOf(acknowledgeIncident(ben.actor, { id, seen: '1' }, desk.context))).toBe(
      'done',
    );
    expect(await refusalOf(triage(id, 1))).toBe('incident-moved');
    expect(await refusalOf(triage(id, 2))).toBe('done');
    const to = { id, seen: '3', to: ada.actor.personId };
    expect(await refusalOf(assignIncident(ida.actor, to, desk.context))).toBe('not-allowed');
    expect(await refusalOf(assignIncident(ben.actor, to, desk.context))).toBe('done');
    expect(await refusalOf(assignIncident(ben.actor, { ...to, seen: '4' }, desk.context))).toBe(
      'as-it-is',
    );
    const late = { id, seen: '4', reasons: 'Nothing is left to be done.' };
    // Nobody has decided whether it is major.
    expect(await refusalOf(closeIncident(ada.actor, late, desk.context))).toBe('unfinished');
    const note = { id, note: 'The provider has been called.' };
    expect(await refusalOf(noteIncident(ada.actor, note, desk.context))).toBe('done');
    const seen = await view(id);
    expect(seen.standing).toMatchObject({
      state: 'working',
      severity: 2,
      assignee: ada.actor.personId,
    });
    // Whom an event names is named, though it may have been somebody who has left since.
    expect(seen.names).toEqual({ [ada.actor.personId]: 'Ada Hofmann' });
    await expectSame(id);
  });

  it('that is the same as another is dropped with its number, and not without', async () => {
    const [one, other] = [await reported(desk), await reported(desk)];
    const form = {
      id: other.id,
      seen: '1',
      as: 'duplicate',
      of: '',
      reasons: 'It was reported twice.',
    };
    const { ben } = desk.people;
    expect(await refusalOf(dropIncident(ben.actor, form, desk.context))).toBe('other-unknown');
    const self = { ...form, of: other.number };
    expect(await refusalOf(dropIncident(ben.actor, self, desk.context))).toBe('other-unknown');
    const same = { ...form, of: one.number };
    expect(await refusalOf(dropIncident(ben.actor, same, desk.context))).toBe('done');
    await expectSame(other.id);
    const back = { ...form, id: one.id, of: other.number };
    expect(await refusalOf(dropIncident(ben.actor, back, desk.context))).toBe('other-dropped');
  });
});

it('a review whose root cause was not chosen is refused by what is to be chosen', async () => {
  const { id } = await reported(desk);
  const answers = { reaction: '', forensics: '', escalation: '', communication: '', lessons: '' };
  const review = { id, seen: '1', rootCause: '', ...answers };
  expect(await reviewIncident(desk.people.ada.actor, review, desk.context)).toMatchObject({
    ok: false,
    refusal: { sentence: 'Choose the root cause.' },
  });
});

describe('tasks', () => {
  it('are added, moved and done once, and the database draws the same', async () => {
    const { id } = await reported(desk);
    const { ada } = desk.people;
    const today = new Date().toISOString().slice(0, 10);
    const task = { id, purpose: 'task', task: 'Call the provider', assignee: '', dueOn: today };
    const yesterday = { ...task, dueOn: '2020-01-01' };
    expect(await refusalOf(addTask(ada.actor, yesterday, desk.context))).toBe('day-passed');
    const never = { ...task, dueOn: '2190-01-01' };
    expect(await refusalOf(addTask(ada.actor, never, desk.context))).toBe('day-far');
    const { seq } = valueOf(await addTask(ada.actor, task, desk.context));
    const nextYear = `${new Date().getUTCFullYear() + 1}-02-01`;
    const moved = { id, task: String(seq), assignee: ada.actor.personId, dueOn: nextYear };
    for (const [dueOn, code] of [
      ['2020-01-01', 'day-passed'],
      ['2190-01-01', 'day-far'],
      ['9999-01-01', 'form-invalid'],
    ] as const)
      expect(await refusalOf(moveTask(ada.actor, { ...moved, dueOn }, desk.context))).toBe(code);
    expect(await refusalOf(moveTask(ada.actor, moved, desk.context))).toBe('done');
    const done = { id, task: String(seq) };
    expect(await refusalOf(finishTask(ada.actor, done, desk.context))).toBe('done');
    expect(await refusalOf(finishTask(ada.actor, done, desk.context))).toBe('task-unknown');
    await expectSame(id);
  });
});

describe('links', () => {
  it('go to what is on record only, and can be taken away again', async () => {
    const [one, other] = [await reported(desk), await reported(desk)];
    const { ada } = desk.people;
    const link = { id: one.id, kind: 'incident', ref: other.number };
    expect(await refusalOf(linkIncident(ada.actor, link, desk.context))).toBe('done');
    expect(await refusalOf(linkIncident(ada.actor, link, desk.context))).toBe('link-there');
    const self = { ...link, ref: one.number };
    expect(await refusalOf(linkIncident(ada.actor, self, desk.context))).toBe('link-self');
    const unknown = { id: one.id, kind: 'operation', ref: 'WD-2026-999999' };
    expect(await refusalOf(linkIncident(ada.actor, unknown, desk.context))).toBe('link-unknown');
    expect((await view(one.id)).links).toEqual([
      { kind: 'incident', ref: other.number, href: `/incidents/${other.id}` },
    ]);
    expect(await refusalOf(unlinkIncident(ada.actor, link, desk.context))).toBe('done');
    expect((await view(one.id)).links).toEqual([]);
    await expectSame(one.id);
  });
});

describe('evidence', () => {
  it('is kept byte for byte, handed out to readers, and reading it is in the audit trail', async () => {
    const { id, number } = await reported(desk);
    const { ada, ida } = desk.people;
    const bytes = new TextEncoder().encode('12:01 node: connection refused\n');
    const form = { id, name: 'node.log', bytes };
    expect(await refusalOf(addEvidence(ida.actor, form, desk.context))).toBe('not-allowed');
    expect(await refusalOf(addEvidence(ada.actor, form, desk.context))).toBe('done');
    expect(await refusalOf(addEvidence(ada.actor, form, desk.context))).toBe('file-there');
    const [kept] = (await view(id)).evidence;
    const file = valueOf(await viewEvidence(ida.actor, { id: kept?.id ?? '' }, desk.context));
    expect([file.name, file.mediaType, new TextDecoder().decode(file.bytes)]).toEqual([
      'node.log',
      'text/plain',
      '12:01 node: connection refused\n',
    ]);
    const read = await desk.owner.auditEntry.count({
      where: { kind: 'incident-evidence-read', subject: number },
    });
    expect(read).toBe(1);
  });
});

describe('what other areas open', () => {
  it('comes to the desk under its own number, once, whoever looks first', async () => {
    const number = await inTransaction(desk.web, (tx) =>
      openIncident(
        tx,
        {
          what: 'freeze',
          title: 'Everything frozen by FZ-2026-000001',
          openedBy: desk.people.ada.actor.personId,
          operations: [],
        },
        new Date(),
      ),
    );
    await Promise.all([takeOver(desk.worker, new Date()), takeOver(desk.worker, new Date())]);
    const listed = valueOf(await listIncidents(desk.people.mia.actor, {}, desk.context));
    const found = listed.rows.filter((row) => row.number === number);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      source: 'freeze',
      title: 'Everything frozen by FZ-2026-000001',
    });
    await expectSame(found[0]?.id ?? '');
    expect(await takeOver(desk.worker, new Date())).toBe(0);
  });
});

describe('lists', () => {
  it('are read a page at a time without gaps, and what is asked wrongly is said', async () => {
    for (let at = 0; at < 55; at += 1) await reported(desk);
    const { ida } = desk.people;
    const first = valueOf(await listIncidents(ida.actor, { standing: 'all' }, desk.context));
    const second = valueOf(
      await listIncidents(ida.actor, { standing: 'all', after: first.next }, desk.context),
    );
    const all = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(first.rows).toHaveLength(50);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(await desk.web.incident.count());
    const wrong = valueOf(await listIncidents(ida.actor, { from: '2026-13-01' }, desk.context));
    expect(wrong.problem).toContain('Noticed from: “2026-13-01” is no day of the calendar.');
    expect(wrong.rows).toEqual([]);
  });
});
