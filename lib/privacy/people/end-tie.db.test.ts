import { afterAll, beforeAll, expect, it } from 'vitest';
import { monthsLater } from '#lib/incidents/days.ts';
import { closeBooks } from '#lib/ledger/testing/books.ts';
import { dayOf } from '#lib/platform/days.ts';
import { openPeopleDesk, record, type PeopleDesk } from '../testing/people-desk.ts';
import { endTie } from './end-tie.ts';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await openPeopleDesk(['C-1001', 'C-1002']);
});
afterAll(() => closeBooks(desk.books));

const today = () => dayOf(desk.context.clock());
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
  expect(dayOf((await endOf())?.endedOn ?? new Date(0))).toBe(today());
  expect(
    await desk.books.owner.auditEntry.count({
      where: { subject: person, kind: 'person-tie-ended' },
    }),
  ).toBe(1);
});
