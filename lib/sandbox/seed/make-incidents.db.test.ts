import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadIncident } from '#lib/incidents/desk/load-incident.ts';
import { whoIsOnCall } from '#lib/incidents/on-call/who-is-on-call.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeIncidentDesk } from './make-incident-desk.ts';
import { makeIncidents } from './make-incidents.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

it('the sample incidents are made once, by the real use cases, at every stage', async () => {
  const { team, context, owner } = workplace;
  const seeded = { ...context, log: () => undefined };
  const make = async () => {
    await makeIncidentDesk(team, seeded);
    await makeIncidents(team, seeded);
    return owner.incidentEvent.count();
  };
  const events = await make();
  expect(await make()).toBe(events);
  const rows = await owner.incidentStanding.findMany();
  expect(rows.map(({ state }) => state).toSorted()).toEqual([
    'closed',
    'dropped',
    'new',
    'working',
    'working',
    'working',
  ]);
  const major = rows.filter((row) => row.class === 'major');
  expect(major).toHaveLength(1);
  // The worksheet says so, too: nobody was more careful than the facts.
  const file = await loadIncident(owner, major[0]?.incidentId ?? '');
  expect(file?.events.find(({ kind }) => kind === 'classified')?.facts).toMatchObject({
    computed: 'major',
  });
  for (const level of [1, 2, 3])
    expect(await whoIsOnCall(owner, level, context.clock())).toHaveLength(1);
  expect(await owner.entityProfile.count()).toBe(1);
});
