/** A granted objection of a client's person stops what rests on our interest, and nothing else can be objected to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { readValues } from '#lib/persons/read-values.ts';
import type { Use } from '#lib/persons/uses.ts';
import { objectionsAt } from '../testing/objection-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { activityOnInterest, liftedByTwo, onInterest } from '../testing/restriction-desk.ts';
import { stopMarketing } from './stop-use.ts';
import { viewRestrictions } from './view-restrictions.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const email = async (person: string, use: Use) =>
  (await readValues(desk.web, person, { use, fields: ['email'] }))[0];

it('where nothing rests on our interest it is not granted, and is refused as the right does not apply', async () => {
  const { client, objecting, decide, approve, rowsOf } = objectionsAt(desk);
  const person = await client();
  const { id } = await objecting(person);
  expect(await decide(id)).toBe('not-objectable');
  const events = { events: 'a'.repeat(64), decision: 'grant', grounds: [], earlier: [] };
  await expect(
    desk.web.privacyRequestEvent.create({
      data: {
        requestId: id,
        seq: 6,
        kind: 'proposed',
        facts: events,
        actor: desk.people.mia.actor.personId,
        at: desk.context.clock(),
      },
    }),
  ).rejects.toThrow(/does not apply/);
  const refusing = { decision: 'refuse', grounds: ['not-applicable'] };
  expect(await decide(id, refusing)).toBe('done');
  expect(await approve(id)).toBe('done');
  expect(await rowsOf(person)).toEqual([]);
  expect(await desk.owner.personStop.count({ where: { personId: person } })).toBe(0);
});

it('beside marketing it is granted in part, the rest refused as the right does not apply', async () => {
  const { client, objecting, decide, approve } = objectionsAt(desk);
  const person = await client();
  const { id } = await objecting(person);
  valueOf(await stopMarketing(dora(), { request: id, why: 'objected' }, desk.context));
  expect(await decide(id)).toBe('not-objectable');
  expect(await decide(id, { decision: 'grant-in-part', grounds: ['not-applicable'] })).toBe('done');
  expect(await approve(id)).toBe('done');
  const stops = await desk.owner.personStop.findMany({ where: { personId: person } });
  expect(stops.map(({ what }) => what)).toEqual(['marketing']);
});

it('that is granted stops each purpose on our interest with data that was objected to, and no other', async () => {
  const { client, objecting, decide, approve, rowsOf } = objectionsAt(desk);
  const { mia } = desk.people;
  const activity = (name: string, facts: object = {}) =>
    activityOnInterest(desk, { name, ...facts });
  const contract = { purpose: 'To answer them', basis: 'contract', ground: null };
  const identity = [{ category: 'identity', retention: 'relationship' }];
  const surveys = await activity('Surveys', { purposes: [contract, onInterest] });
  await activity('Watching', { data: identity });
  await activity('Surveys of staff', { persons: ['staff'] });
  await activity('Answers', { purposes: [contract] });
  const person = await client();
  const { id, restriction } = await objecting(person, ['email']);
  expect(await decide(id)).toBe('done');
  expect(await rowsOf(person)).toEqual([]);
  // As whoever has the web server could write it, past what stops.
  const { facts } = await desk.owner.privacyRequestEvent.findUniqueOrThrow({
    where: { requestId_seq: { requestId: id, seq: 6 } },
  });
  const at = desk.context.clock();
  const approving = desk.web.$transaction(async (tx) => {
    await tx.privacyRequestEvent.create({
      data: {
        requestId: id,
        seq: 7,
        kind: 'approved',
        facts: { of: 6, events: (facts as { events: string }).events },
        actor: desk.people.ada.actor.personId,
        at,
      },
    });
    // A stop without a purpose stops nothing for a person of a client.
    await tx.personStop.create({
      data: {
        personId: person,
        what: 'interest',
        why: 'objected',
        at,
        by: desk.people.ada.actor.personId,
        requestId: id,
      },
    });
    await tx.$executeRaw`set constraints objection_stops immediate`;
  });
  await expect(approving).rejects.toThrow(/stops what it is to/);
  expect(await approve(id)).toBe('done');
  expect(await rowsOf(person)).toMatchObject([
    { requestId: id, activityId: surveys.id, place: 1, by: desk.people.ada.actor.personId },
  ]);
  await liftedByTwo(desk, restriction);
  // Nothing is sent of our own accord any more; what the contract and the law ask for goes on.
  expect((await email(person, 'message'))?.restricted?.ground).toBe('objection');
  for (const use of ['custody', 'identification', 'complaint'] as const)
    expect((await email(person, use))?.value).toBe('nora@example.org');
  const { stops } = valueOf(await viewRestrictions(mia.actor, { personId: person }, desk.context));
  expect(stops.map(({ what }) => what)).toContainEqual(
    expect.stringMatching(/^To ask how they like us \(\S+, Surveys\)$/),
  );
  const row = { requestId: id, personId: person, version: 1, since: desk.context.clock() };
  // Neither a purpose on a contract nor who advises, and nobody undoes it.
  await expect(
    desk.web.personObjection.create({
      data: { ...row, activityId: surveys.id, place: 0, by: desk.people.ada.actor.personId },
    }),
  ).rejects.toThrow(/legitimate interest/);
  await expect(
    desk.web.personObjection.create({
      data: { ...row, activityId: surveys.id, place: 1, by: dora().personId },
    }),
  ).rejects.toThrow(/who decides/);
  await expect(
    desk.web.personObjection.deleteMany({ where: { personId: person } }),
  ).rejects.toThrow(/denied/);
});
