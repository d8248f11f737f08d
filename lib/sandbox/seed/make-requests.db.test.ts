import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { systemCodes } from '#lib/privacy/collect/systems.ts';
import { PackageDesk } from '#lib/privacy/package/package-desk.ts';
import { findCorrected } from '#lib/privacy/retention/runs/corrected.ts';
import { listRequests } from '#lib/privacy/requests/list-requests.ts';
import { dayOf } from '#lib/platform/days.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeIncidentDesk } from './make-incident-desk.ts';
import { makePeople } from './make-people.ts';
import { makeRequests } from './make-requests.ts';

let workplace: Workplace;
let looking: NodeJS.Timeout;
beforeAll(async () => {
  workplace = await openWorkplace();
  const { worker, context } = workplace;
  const packages = new PackageDesk({ ...context, db: worker });
  looking = setInterval(() => void packages.look(), 100);
});
afterAll(async () => {
  clearInterval(looking);
  await workplace.close();
});

it('a sample person had a telephone number corrected, and the next night finds the earlier one', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  await owner.client.upsert({ where: { id: 'C-20977' }, create: { id: 'C-20977' }, update: {} });
  await makePeople(team, context);
  const newest = dayOf(new Date(context.clock().getTime() + 86_400_000));
  const after = { triggerOn: '0001-01-01', subject: '' };
  expect(
    await findCorrected(owner, ['phone'], { day: newest, newest, after, most: 10 }),
  ).toHaveLength(1);
});

it('a sandbox that was made when fewer systems were searched starts again, and its requests stay where they are', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  for (const id of ['C-11903', 'C-18822', 'C-20418', 'C-20977', 'C-30512'])
    await owner.client.upsert({ where: { id }, create: { id }, update: {} });
  await makeIncidentDesk(team, context);
  await makePeople(team, context);
  await makeRequests(team, context, systemCodes.slice(0, -6));
  const before = await owner.privacyRequestStanding.findMany({ orderBy: { number: 'asc' } });
  await makeRequests(team, context);
  expect(await owner.privacyRequestStanding.findMany({ orderBy: { number: 'asc' } })).toEqual(
    before,
  );
});

it('the sample organisation has requests of people at every stage, made once', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  for (const id of ['C-11903', 'C-18822', 'C-20977', 'C-30512'])
    await owner.client.upsert({ where: { id }, create: { id }, update: {} });
  await makeIncidentDesk(team, context);
  await makePeople(team, context);
  const make = async () => {
    await makeRequests(team, context);
    return owner.privacyRequestEvent.count();
  };
  const events = await make();
  expect(await make()).toBe(events);
  const { actor } = await team.signIn('vera');
  const { rows } = valueOf(await listRequests(actor, { standing: 'all' }, context));
  const found = rows.map(({ right, state, clock }) => [right, state, clock?.state]);
  expect(found).toEqual([
    ['objection', 'received', 'running'],
    ['portability', 'proposed', 'running'],
    ['access', 'collecting', 'running'],
    ['access', 'closed', 'met'],
    ['rectification', 'review', 'running'],
  ]);
  const overdue = valueOf(await listRequests(actor, { standing: 'overdue' }, context));
  expect(overdue.rows.map(({ right }) => right)).toEqual(['rectification']);
});
