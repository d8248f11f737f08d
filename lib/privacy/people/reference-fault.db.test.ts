import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf, type DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import { withdrawRequest } from '../requests/carry-out.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { tied } from '../testing/erasure-desk.ts';
import { confirmed } from '../testing/breach-desk.ts';
import { identified, restricted } from '../testing/restriction-desk.ts';
import { openPerson } from './open-person.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

async function look(
  by: DeskPerson,
  purpose: string,
  reference: string,
  person = desk.subject,
): Promise<string> {
  const before = await desk.web.personLook.count();
  const opened = await openPerson(by.actor, { person, purpose, reference }, desk.context);
  const looks = (await desk.web.personLook.count()) - before;
  expect(looks).toBe(opened.ok ? 1 : 0);
  return opened.ok ? 'opened' : opened.refusal.code;
}
const dora = () => desk.people.dora;
const ben = () => desk.people.ben;

describe('for a request of the person', () => {
  it('somebody opens what is restricted only where the request is there, is the person’s and is theirs', async () => {
    const request = await identified(desk, 'restriction');
    await restricted(desk, request.id, { ground: 'unlawful', allows: [] });
    expect(await look(ben(), 'request-of-person', 'x')).toBe('reference-unknown');
    expect(await look(ben(), 'request-of-person', request.number)).toBe('reference-unknown');
    expect(await look(dora(), 'request-of-person', 'PR-2020-000001')).toBe('reference-unknown');
    expect(await look(dora(), 'request-of-person', request.number)).toBe('opened');
  });

  it('who decides opens it while the decision lies before them', async () => {
    const { id, number } = await advised(desk);
    expect(await look(ben(), 'request-of-person', number)).toBe('reference-unknown');
    valueOf(await press(desk, desk.people.mia, { ...granting, id, seen: '5' }));
    expect(await look(ben(), 'request-of-person', number)).toBe('opened');
  });

  it('whoever works on it compares what is known before somebody is identified, and no longer once it is over', async () => {
    const { id, number } = await received(desk);
    expect(await look(desk.people.mia, 'request-of-person', number)).toBe('reference-unknown');
    expect(await look(dora(), 'request-of-person', number)).toBe('opened');
    const withdrawnAt = fieldOf(desk.context.clock());
    const asked = { id, seen: '1', withdrawnAt, proof: 'Withdrawn by telephone.' };
    valueOf(await withdrawRequest(dora().actor, asked, desk.context));
    expect(await look(dora(), 'request-of-person', number)).toBe('reference-unknown');
  });
});

it('for a client’s matters nobody opens anybody but those of that client', async () => {
  await tied(desk, desk.subject, { client: 'C-90001' });
  expect(await look(ben(), 'identification', 'C-90002')).toBe('reference-unknown');
  expect(await look(ben(), 'identification', 'C-90001')).toBe('opened');
  expect(await look(ben(), 'operation', 'WD-2020-000001')).toBe('reference-unknown');
  expect(await look(ben(), 'complaint', 'CO-2020-000001')).toBe('reference-unknown');
});

it('for an incident or a breach whoever works on one that is open', async () => {
  const breach = await confirmed(desk);
  expect(await look(ben(), 'incident', 'INC-2020-000001')).toBe('reference-unknown');
  expect(await look(ben(), 'incident', breach.number)).toBe('opened');
});
