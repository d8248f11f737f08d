import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { linkIncident } from '../desk/link-incident.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { closeIncident, triageIncident } from '../desk/move-incident.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { lookForRecurring } from './check-recurrence.ts';
import { listChecks } from './list-checks.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const entry = (value: unknown) => ({ value, estimated: false, evidence: null });
const seqOf = async (id: string): Promise<number> => (await loadIncident(desk.web, id))?.seq ?? 0;
async function enter(id: string, facts: Record<string, unknown>): Promise<void> {
  const form = { id, seen: await seqOf(id), facts };
  valueOf(await recordFacts(desk.people.ada.actor, form, desk.context));
}
async function triage(id: string): Promise<void> {
  const form = { id, seen: String(await seqOf(id)), severity: '3', category: 'other' };
  const input = { ...form, reasons: 'It recovered by itself.' };
  valueOf(await triageIncident(desk.people.ben.actor, input, desk.context));
}
/** An incident that is not major by itself: half of the costs that count, and one more threshold. */
async function member(root: string): Promise<{ id: string; number: string }> {
  const made = await reported(desk);
  await triage(made.id);
  await enter(made.id, {
    cs_b_authorised_services: entry(true),
    'reputational.a_media': entry(true),
    gross_costs_eur: entry('60000'),
    root_cause: entry(root),
  });
  return made;
}
const look = async () =>
  (await lookForRecurring(desk.worker, 'schedule', desk.context.clock())).opened;
async function idOf(number: string | undefined): Promise<string> {
  return (await desk.web.incident.findUniqueOrThrow({ where: { number: number ?? '' } })).id;
}
async function fileOf(number: string | undefined) {
  const file = await loadIncident(desk.web, await idOf(number));
  if (!file) throw new Error('There is no such incident.');
  return file;
}

it('who joins a group changes what its incident comes to, and what a person entered stays while it is major', async () => {
  const cause = 'system_failure_network_configuration';
  await member(cause);
  await member(cause);
  const [number] = await look();
  const before = await fileOf(number);
  expect(before.standing.facts['gross_costs_eur']).toMatchObject({ value: 120_000 });
  await enter(before.id, { 'reputational.a_media': entry(false), clients_affected: entry('3') });
  const third = await member(cause);
  expect(await look()).toEqual([]);
  const { standing, events } = await fileOf(number);
  expect(standing.links.map(({ ref }) => ref)).toContain(third.number);
  expect(standing.facts['gross_costs_eur']).toMatchObject({ value: 180_000, by: 'system' });
  expect(standing.facts['clients_affected']).toMatchObject({ value: '3' });
  // Without the media it would be less than its members are together.
  expect(standing.facts['reputational.a_media']).toMatchObject({ value: true, by: 'system' });
  expect(events.at(-1)).toMatchObject({ kind: 'assessed', facts: { major: true } });
  const { seq } = await fileOf(number);
  await look();
  expect((await fileOf(number)).seq).toBe(seq);
});

it('a closed incident answers those that it named, and who comes later makes a new one', async () => {
  const cause = 'process_failure_insufficient_unclear_roles_and_responsibilities';
  const [one, other] = [await member(cause), await member(cause)];
  const [number] = await look();
  const id = await idOf(number);
  await enter(id, { gross_costs_eur: entry('500') });
  await triage(id);
  const decide = { id, verdict: 'not-major', reasons: 'The costs were booked twice.' };
  const decided = { ...decide, seen: String(await seqOf(id)) };
  valueOf(await classifyIncidentFile(desk.people.mia.actor, decided, desk.context));
  const close = { id, seen: String(await seqOf(id)), reasons: 'Nothing is left to be done.' };
  valueOf(await closeIncident(desk.people.ada.actor, close, desk.context));
  expect(await look()).toEqual([]);
  const third = await member(cause);
  const [next] = await look();
  const { standing } = await fileOf(next);
  expect(standing.links.map(({ ref }) => ref).toSorted()).toEqual(
    [one.number, other.number, third.number].toSorted(),
  );
  expect(await look()).toEqual([]);
});

it('a link to a group of another cause hides no group', async () => {
  const [one, other] = [await member('human_error_omission'), await member('human_error_omission')];
  const [first] = await look();
  const stray = await member('human_error_mistake');
  const link = { id: await idOf(first), kind: 'incident', ref: stray.number };
  valueOf(await linkIncident(desk.people.ben.actor, link, desk.context));
  await member('human_error_mistake');
  const [second] = await look();
  expect((await fileOf(second)).standing.links.map(({ ref }) => ref)).toContain(stray.number);
  expect(await look()).toEqual([]);
  const [newest] = valueOf(await listChecks(desk.people.ida.actor, {}, desk.context)).rows;
  const answers = newest?.groups.map(({ cause, answer }) => [cause, answer?.number]);
  expect(answers).toContainEqual(['human_error_omission', first]);
  expect(answers).toContainEqual(['human_error_mistake', second]);
  expect((await fileOf(first)).standing.links.map(({ ref }) => ref)).toEqual(
    expect.arrayContaining([one.number, other.number]),
  );
});

it('facts that can’t be read keep nobody else from being looked at', async () => {
  const write = async (facts: object): Promise<void> => {
    const { id } = await member('external_event_natural_disasters_force_majeure');
    const seq = (await seqOf(id)) + 1;
    const by = desk.people.ada.actor.personId;
    const event = { incidentId: id, seq, kind: 'facts-recorded', actor: by, facts };
    await desk.web.incidentEvent.create({ data: { ...event, at: desk.context.clock() } });
  };
  await write({ facts: { gross_costs_eur: 'much' } });
  await write({ facts: { gross_costs_eur: entry('much') } });
  await member('external_event_natural_disasters_force_majeure');
  await member('external_event_natural_disasters_force_majeure');
  expect(await look()).toHaveLength(1);
});
