import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { dropIncident, triageIncident } from '../desk/move-incident.ts';
import { reportIncident } from '../desk/report-incident.ts';
import { viewIncident } from '../desk/view-incident.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { prefill } from '../report/prefill.ts';
import { loadKnowledge } from '../reports/load-knowledge.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { checkRecurrence, lookForRecurring } from './check-recurrence.ts';
import { listChecks, type ChecksView } from './list-checks.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const entry = (value: unknown) => ({ value, estimated: false, evidence: null });
const byNumber = (a: { number: string }, b: { number: string }): number =>
  a.number.localeCompare(b.number);
const cause = 'system_failure_network_configuration';

/** To the minute, as forms have it. */
const ago = (days: number): Date =>
  new Date(`${fieldOf(new Date(desk.context.clock().getTime() - days * 86_400_000))}Z`);

async function reportedAgo(days: number): Promise<{ id: string; number: string }> {
  const form = {
    sort: 'incident',
    detectedAt: fieldOf(ago(days)),
    title: 'Withdrawals were refused by the chain node',
    description: 'Found in the logs of the node.',
  };
  return valueOf(await reportIncident(desk.people.ada.actor, form, desk.context));
}

/** An incident that is not major by itself: half of the costs that count, and one more threshold. */
async function halfMajor(
  root = cause,
  when: { daysAgo?: number; detectedDaysAgo?: number } = {},
): Promise<{ id: string; number: string }> {
  const { daysAgo = 0, detectedDaysAgo = daysAgo } = when;
  const made = daysAgo === 0 ? await reported(desk) : await reportedAgo(detectedDaysAgo);
  const { ada } = desk.people;
  const form = {
    id: made.id,
    seen: '1',
    severity: '3',
    category: 'other',
    reasons: 'It recovered.',
  };
  const { seq } = valueOf(await triageIncident(ada.actor, form, desk.context));
  valueOf(
    await recordFacts(
      ada.actor,
      {
        id: made.id,
        seen: seq,
        facts: {
          cs_b_authorised_services: entry(true),
          'reputational.a_media': entry(true),
          gross_costs_eur: entry('60000'),
          root_cause: entry(root),
          ...(daysAgo === 0 ? {} : { occurred_at: entry(ago(daysAgo).toISOString()) }),
        },
      },
      desk.context,
    ),
  );
  return made;
}

it('incidents that together are major come to the desk as one, once, and later ones are linked to it', async () => {
  const [one, other] = [await halfMajor(), await halfMajor()];
  await halfMajor('human_error_mistake');
  const first = await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
  expect(first).toMatchObject({ groups: 1, lookedAt: 3 });
  expect(first.opened).toHaveLength(1);
  const again = await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
  expect(again).toMatchObject({ groups: 1, opened: [] });
  const { id } = await desk.web.incident.findUniqueOrThrow({
    where: { number: first.opened[0] ?? '' },
  });
  const third = await halfMajor();
  await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
  const view = valueOf(await viewIncident(desk.people.ida.actor, { id }, desk.context));
  expect(view.source).toBe('recurring');
  expect(view.links.map(({ ref }) => ref).toSorted()).toEqual(
    [one.number, other.number, third.number].toSorted(),
  );
  expect(view.facts['gross_costs_eur']).toMatchObject({ estimated: true, byName: 'The system' });
  expect(await desk.web.recurrenceCheck.count()).toBe(3);

  const list = valueOf(await listChecks(desk.people.ida.actor, {}, desk.context));
  expect(list).toMatchObject({ isFirst: true, next: null, can: { look: false } });
  expect(list.rows.map(({ by, lookedAt, groups }) => [by, lookedAt, groups[0]?.count])).toEqual([
    [null, 4, 3],
    [null, 3, 2],
    [null, 3, 2],
  ]);
  expect(list.rows[0]?.groups[0]).toMatchObject({
    cause,
    route: '8(1)(b)',
    answer: { id, number: first.opened[0], class: 'open' },
  });
  expect(list.rows[0]?.groups[0]?.members.toSorted(byNumber)).toEqual(
    [one, other, third].toSorted(byNumber),
  );
});

it('looks are listed newest first, a page at a time, each of them once', async () => {
  for (let more = 0; more < 21; more += 1) {
    desk.context.passTime(1_000);
    await lookForRecurring(desk.worker, desk.people.mia.actor.personId, desk.context.clock());
  }
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: ChecksView = valueOf(
      await listChecks(desk.people.mia.actor, { after }, desk.context),
    );
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen).toHaveLength(await desk.web.recurrenceCheck.count());
  expect(new Set(seen).size).toBe(seen.length);
  const [newest] = valueOf(await listChecks(desk.people.mia.actor, {}, desk.context)).rows;
  expect(newest?.by).toBe('Mia Lindqvist');
});

it('what was dropped does not recur, and an auditor does not start the look', async () => {
  const [one] = [await halfMajor('human_error_omission'), await halfMajor('human_error_omission')];
  const drop = { id: one.id, seen: '4', as: 'no-incident', of: '', reasons: 'It was a drill.' };
  valueOf(await dropIncident(desk.people.ben.actor, drop, desk.context));
  const looked = await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
  expect(looked.opened).toEqual([]);
  const refused = await checkRecurrence(desk.people.ida.actor, desk.context);
  expect(refused.ok).toBe(false);
});

it('a cause that is found late, and an incident that is noticed late, recur by when they occurred', async () => {
  const late = 'system_failure_software_performance';
  await halfMajor(late, { daysAgo: 400 });
  await halfMajor(late, { daysAgo: 250, detectedDaysAgo: 100 });
  const looked = await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
  expect(looked.opened).toHaveLength(1);
  const [newest] = valueOf(await listChecks(desk.people.ida.actor, {}, desk.context)).rows;
  expect(newest?.groups.find((group) => group.cause === late)).toMatchObject({
    count: 2,
    first: ago(400).toISOString().slice(0, 10),
    last: ago(250).toISOString().slice(0, 10),
  });
});

it('a report on recurring incidents says how many they are, when the first occurred, and when the last occurred and was noticed', async () => {
  const shared = 'process_failure_other';
  const first = await halfMajor(shared, { daysAgo: 60 });
  await halfMajor(shared, { daysAgo: 20 });
  await halfMajor(shared, { daysAgo: 5, detectedDaysAgo: 4 });
  const alone = await halfMajor('human_error_skills_knowledge');
  const now = desk.context.clock();
  const { opened } = await lookForRecurring(desk.worker, 'schedule', now);
  const { id } = await desk.web.incident.findUniqueOrThrow({ where: { number: opened[0] ?? '' } });
  const draftOf = (incident: string) =>
    inTransaction(desk.web, async (tx) => {
      const file = await lockIncident(tx, incident);
      if (!file) throw new Error('There is no such incident.');
      return prefill(await loadKnowledge(tx, file, null, now), 'final');
    });
  const { occurredAt } = await desk.web.incidentStanding.findUniqueOrThrow({
    where: { incidentId: first.id },
  });
  for (const incident of [id, first.id]) {
    const draft = await draftOf(incident);
    expect(draft['4.15']).toMatchObject({
      value: expect.stringContaining('3 incidents') as unknown,
    });
    expect(draft['4.16']).toMatchObject({
      value: `${occurredAt?.toISOString().slice(0, 19)}Z`,
      source: 'filled',
    });
  }
  const group = await draftOf(id);
  const instantAgo = (days: number): string => `${ago(days).toISOString().slice(0, 19)}Z`;
  expect(group['2.2']).toMatchObject({ value: instantAgo(4), source: 'filled' });
  expect(group['3.2']).toMatchObject({ value: instantAgo(5), source: 'filled' });
  const lonely = await draftOf(alone.id);
  expect([lonely['4.15']?.value, lonely['4.16']?.value]).toEqual([null, null]);
});
