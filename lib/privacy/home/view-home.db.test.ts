import { afterAll, beforeAll, expect, test } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { dayMs } from '#lib/platform/days.ts';
import { listPersonRequests } from '../requests/list-person-requests.ts';
import { listRequests } from '../requests/list-requests.ts';
import { viewRequest } from '../requests/view-request.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { listErasuresDue } from './list-erasures-due.ts';
import { viewPrivacyHome } from './view-home.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const mineOf = async (name: 'dora' | 'mia' | 'ada' | 'ida' | 'ben') =>
  valueOf(await listRequests(desk.people[name].actor, { standing: 'mine' }, desk.context)).rows.map(
    ({ number }) => number,
  );

test('what waits for a person is what is theirs to do next, and never to approve what they proposed', async () => {
  const fresh = await received(desk, { message: 'What do you hold of me?' });
  const ready = await advised(desk, { message: 'Everything, please.' });
  expect(await mineOf('dora')).toEqual([fresh.number]);
  expect(await mineOf('mia')).toEqual([ready.number]);
  expect(await mineOf('ada')).toEqual([]);
  valueOf(await press(desk, desk.people.mia, { ...granting, id: ready.id, seen: '5' }));
  expect(await mineOf('mia')).toEqual([]);
  expect(await mineOf('ada')).toEqual([ready.number]);
  // An auditor reads, and nothing waits for one.
  expect(await mineOf('ida')).toEqual([]);
  const home = valueOf(await viewPrivacyHome(desk.people.ada.actor, desk.context));
  expect(home.counts).toEqual({ open: 2, overdue: 0, overTarget: 0, mine: 1, answered: 0 });
  expect(home.can.work).toBe(false);
});

test('the home of data protection shows what is due first above, and what is over is counted', async () => {
  const at = desk.context.clock();
  const long = await received(desk, {
    receivedAt: new Date(at.getTime() - 60 * dayMs).toISOString().slice(0, 16),
    reasons: 'The stamp of the post room.',
    message: 'I wrote two months ago.',
  });
  const home = valueOf(await viewPrivacyHome(desk.people.dora.actor, desk.context));
  expect(home.due[0]?.number).toBe(long.number);
  expect(home.counts.overdue).toBe(1);
  expect(home.due[0]?.clock?.daysLeft).toBeLessThan(0);
  const days = home.due.map(({ clock }) => clock?.dueOn ?? '');
  expect(days).toEqual(days.toSorted());
});

test('a request is found by its number as by its id, and says what is whose', async () => {
  const { id, number } = await received(desk);
  const { actor } = desk.people.mia;
  const view = valueOf(await viewRequest(actor, number, desk.context));
  expect(view.id).toBe(id);
  expect(view.you).toMatchObject({ isDpo: false, work: false, decide: true, approve: true });
  expect(valueOf(await viewRequest(actor, id, desk.context)).number).toBe(number);
  for (const no of ['DSR-2026-999999', 'DSR-1', '', id.replace(/^./, 'g')])
    expect(await viewRequest(actor, no, desk.context)).toMatchObject({
      refusal: { code: 'request-unknown' },
    });
});

test('a request shows the others about the same person, which a refusal as excessive may name', async () => {
  const first = await advised(desk, { message: 'Once more, everything.', email: 'x1@example.org' });
  const again = await advised(desk, { message: 'And once more.', email: 'x2@example.org' });
  const view = valueOf(await viewRequest(desk.people.mia.actor, again.number, desk.context));
  expect(view.alike).toContainEqual({ number: first.number, by: 'person', state: 'opinion' });
  expect(view.alike).not.toContainEqual(expect.objectContaining({ number: again.number }));
  const { rows } = valueOf(
    await listPersonRequests(desk.people.ada.actor, desk.subject, desk.context),
  );
  expect(rows.map(({ number }) => number)).toEqual(
    expect.arrayContaining([first.number, again.number]),
  );
  expect(rows.every(({ personId }) => personId === desk.subject)).toBe(true);
});

test('recipients of a rectification are those of the fields that are held, and the processors on record', async () => {
  const { number } = await advised(desk, { right: 'rectification', message: 'My name is wrong.' });
  const view = valueOf(await viewRequest(desk.people.dora.actor, number, desk.context));
  expect(view.recipients).toContainEqual({
    code: 'provider-of-the-mail-service',
    name: 'Provider of the mail service',
    from: 'map',
  });
  expect(view.recipients.map(({ code }) => code)).not.toContain(
    'tax-authority-of-the-member-state',
  );
  for (const { code } of view.recipients) expect(code).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
});

test('erasures that wait for a duty to end are listed to who reads requests, the next one above', async () => {
  const { actor } = desk.people.dora;
  expect(valueOf(await listErasuresDue(actor, desk.context))).toEqual({ rows: [], count: 0 });
  const one = await received(desk, { right: 'erasure', message: 'Erase me.' });
  const other = await received(desk, { right: 'erasure', message: 'Erase me, too.' });
  const since = desk.context.clock();
  for (const [{ id }, dueOn] of [
    [one, null],
    [other, new Date('2031-03-31T00:00:00Z')],
  ] as const)
    await desk.worker.erasureDue.create({
      data: {
        requestId: id,
        proposal: 1,
        personId: desk.subject,
        dueOn,
        state: 'waiting',
        since,
        lookedAt: since,
      },
    });
  const { rows, count } = valueOf(await listErasuresDue(actor, desk.context));
  expect(count).toBe(2);
  expect(rows.map(({ number, dueOn }) => [number, dueOn])).toEqual([
    [other.number, '2031-03-31'],
    [one.number, null],
  ]);
  const stranger = { ...actor, scopes: new Set<never>() };
  expect((await listErasuresDue(stranger, desk.context)).ok).toBe(false);
});
