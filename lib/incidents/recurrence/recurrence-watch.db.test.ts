import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { noteIncident } from '../desk/move-incident.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { RecurrenceWatch } from './recurrence-watch.ts';

let desk: IncidentDesk;
let watch: RecurrenceWatch;
const minuteMs = 60_000;

beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  // As a worker that starts anew, after everything that went before has been looked at twice.
  watch = new RecurrenceWatch({ db: desk.worker, clock: desk.context.clock });
  for (let round = 0; round < 2; round += 1) {
    desk.context.passTime(2 * minuteMs);
    await watch.look();
  }
  desk.context.passTime(2 * minuteMs);
});

const looks = (): Promise<number> => desk.web.recurrenceCheck.count();

async function recordCause(id: string, seen: number): Promise<void> {
  const facts = { root_cause: { value: 'human_error_mistake', estimated: false, evidence: null } };
  valueOf(await recordFacts(desk.people.ada.actor, { id, seen, facts }, desk.context));
}

it('looks when nobody ever looked, and not again while nothing changes', async () => {
  expect(await looks()).toBe(1);
  await watch.look();
  expect(await looks()).toBe(1);
});

it('looks anew when facts change, at most once a minute, and not for a note', async () => {
  const { id } = await reported(desk);
  await watch.look();
  const before = await looks();
  valueOf(
    await noteIncident(
      desk.people.ada.actor,
      { id, note: 'The node answers again.' },
      desk.context,
    ),
  );
  desk.context.passTime(minuteMs);
  await watch.look();
  expect(await looks()).toBe(before);
  await recordCause(id, 2);
  await watch.look();
  expect(await looks()).toBe(before);
  desk.context.passTime(minuteMs);
  await watch.look();
  expect(await looks()).toBe(before + 1);
});

it('looks at the first look of a new month, although nothing changed', async () => {
  const before = await looks();
  const now = desk.context.clock();
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 0, 1);
  desk.context.passTime(next - now.getTime());
  await watch.look();
  expect(await looks()).toBe(before + 1);
  desk.context.passTime(5 * minuteMs);
  await watch.look();
  expect(await looks()).toBe(before + 1);
  const { startedBy } = await desk.web.recurrenceCheck.findFirstOrThrow({
    orderBy: { at: 'desc' },
  });
  expect(startedBy).toBe('schedule');
});
