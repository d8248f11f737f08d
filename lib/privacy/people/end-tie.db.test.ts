import { afterAll, beforeAll, expect, it } from 'vitest';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayAfter } from '#lib/incidents/time-zones.ts';
import { closeBooks } from '#lib/ledger/testing/books.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { openPeopleDesk, record, type PeopleDesk } from '../testing/people-desk.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listRecentEnds } from '../home/list-recent-ends.ts';
import { endTie } from './end-tie.ts';
import { takeBackEnd } from './take-back-end.ts';
import { viewPersonFile } from './view-person.ts';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await openPeopleDesk(['C-1001', 'C-1002']);
});
afterAll(() => closeBooks(desk.books));

const today = () => dayOf(desk.context.clock());
const inThirtyDays = () => dayOf(new Date(desk.context.clock().getTime() + 30 * dayMs));
const end = async (person: string, more: object = {}, who = desk.officer) => {
  const ended = await endTie(
    who.actor,
    { person, client: 'C-1001', role: 'client', endedOn: today(), ...more },
    desk.context,
  );
  return ended.ok ? 'done' : ended.refusal.code;
};

it('what somebody is to a client ends once, on a day that can be, and retention counts from it', async () => {
  const person = await record(desk, 'C-1001');
  const endOf = () => desk.books.owner.retentionEnd.findUnique({ where: { personId: person } });
  expect(await end(person, {}, desk.auditor)).toBe('not-allowed');
  expect(await end(person, { endedOn: monthsLater(today(), 1) })).toBe('day-unfit');
  expect(await end(person, { endedOn: monthsLater(today(), -13) })).toBe('day-unfit');
  // It began today.
  expect(await end(person, { endedOn: monthsLater(today(), -1) })).toBe('day-unfit');
  expect(await end(person, { client: 'C-1002' })).toBe('tie-unknown');
  expect(await endOf()).toBe(null);
  expect(await end(person)).toBe('done');
  expect(await end(person)).toBe('tie-unknown');
  // At the earliest thirty days after it was recorded.
  expect(dayOf((await endOf())?.endedOn ?? new Date(0))).toBe(inThirtyDays());
  expect(
    await desk.books.owner.auditEntry.count({
      where: { subject: person, kind: 'person-tie-ended' },
    }),
  ).toBe(1);
});

it('a wrong end is seen and taken back before anything goes by it, and not by who only reads', async () => {
  const person = await record(desk, 'C-1001');
  expect(await end(person)).toBe('done');
  const file = valueOf(await viewPersonFile(desk.officer.actor, person, desk.context));
  expect(file.ties).toMatchObject([{ takenBackUntil: inThirtyDays() }]);
  expect(file.erasure?.blockers).toMatchObject([
    { code: 'relationship', about: 'C-1001', endsOn: dayAfter(inThirtyDays()) },
    { code: 'due-diligence' },
  ]);
  const listed = valueOf(await listRecentEnds(desk.dpo.actor, desk.context));
  expect(listed.rows.filter((row) => row.person === person)).toMatchObject([
    { client: 'C-1001', role: 'client', endedOn: today(), takenBackUntil: inThirtyDays() },
  ]);
  const back = async (more: object = {}, who = desk.officer) => {
    const taken = await takeBackEnd(
      who.actor,
      { person, client: 'C-1001', role: 'client', ...more },
      desk.context,
    );
    return taken.ok ? 'done' : taken.refusal.code;
  };
  expect(await back({}, desk.auditor)).toBe('not-allowed');
  expect(await back({ client: 'C-1002' })).toBe('tie-unknown');
  expect(await back()).toBe('done');
  expect(await back()).toBe('tie-unknown');
  expect(await desk.books.owner.retentionEnd.count({ where: { personId: person } })).toBe(0);
  expect(await desk.books.owner.personTie.findMany({ where: { personId: person } })).toMatchObject([
    { until: null, endsRecorded: null },
  ]);
  expect(await end(person)).toBe('done');
});

it('the database says when an end was recorded, and takes none back after thirty days', async () => {
  const person = await record(desk, 'C-1002');
  const { owner, web } = desk.books;
  const long = new Date('2020-01-01');
  const of = { personId: person };
  await expect(
    web.personTie.updateMany({ where: of, data: { until: new Date(), endsRecorded: long } }),
  ).rejects.toThrow();
  await web.personTie.updateMany({ where: of, data: { until: new Date() } });
  const [tie] = await owner.personTie.findMany({ where: of });
  expect(tie?.endsRecorded?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  await owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await owner.personTie.updateMany({ where: of, data: { endsRecorded: long } });
  await owner.$executeRaw`alter table person_tie enable always trigger guarded`;
  const taken = await takeBackEnd(
    desk.officer.actor,
    { person, client: 'C-1002', role: 'client' },
    desk.context,
  );
  expect(taken.ok ? '' : taken.refusal.code).toBe('end-stands');
  await expect(web.personTie.updateMany({ where: of, data: { until: null } })).rejects.toThrow(
    'within thirty days',
  );
});
