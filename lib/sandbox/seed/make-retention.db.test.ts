import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listHolds } from '#lib/privacy/retention/holds/list-holds.ts';
import { advanceRun } from '#lib/privacy/retention/runs/advance-run.ts';
import { beginNight } from '#lib/privacy/retention/runs/begin-night.ts';
import { listRuns } from '#lib/privacy/retention/runs/list-runs.ts';
import { viewRetention } from '#lib/privacy/retention/view-retention.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeRetention } from './make-retention.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

it('the sample organisation has a hold and a rehearsal, and nothing of it is due before its ends count', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  for (const id of ['C-11903', 'C-30512'])
    await owner.client.upsert({ where: { id }, create: { id }, update: {} });
  for (let time = 0; time < 2; time += 1) await makeRetention(team, context);
  const { actor } = await team.signIn('vera');
  expect(valueOf(await listHolds(actor, {}, context)).rows).toHaveLength(1);
  expect(valueOf(await listRuns(actor, {}, context)).rows).toMatchObject([
    { kind: 'rehearsal', endedAt: null },
  ]);
  const needs = { db: owner, clock: context.clock, isProved: () => Promise.resolve(true) };
  const night = (await beginNight(needs)) ?? '';
  while (!(await advanceRun(needs, night)));
  const view = valueOf(await viewRetention(actor, context));
  // Ends that are recorded now count from thirty days on, and identification is kept for five years from then.
  expect(view.waiting).toEqual([]);
  expect(view.holds).toEqual({ standing: 1, overdue: 0 });
  expect(view.calendar.flatMap(({ counts }) => counts).every((count) => count === 0)).toBe(true);
  expect(view.can.decide).toBe(false);
});
