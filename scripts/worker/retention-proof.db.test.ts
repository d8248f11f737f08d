/** A rule of retention acts by approvals that keys prove, and by no others. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { advanceRun } from '#lib/privacy/retention/runs/advance-run.ts';
import { openRequestDesk, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import { approve, begun, night, parted, reportOf } from '#lib/privacy/testing/retention-night.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { approvalProof } from './proofs.ts';
import { signedWatches } from './signed-watches.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

async function provedNight(): Promise<string> {
  const run = await begun(desk);
  const { worker, context } = desk;
  const needs = { db: worker, clock: context.clock, isProved: approvalProof(worker) };
  while (!(await advanceRun(needs, run)));
  return run;
}

it('an approval that no key of a roster proves lets nothing go, and one that is proved does', async () => {
  const rule = 'aml-relationship';
  await parted(desk, { years: 6, client: 'C-70001' });
  await approve(desk, await night(desk), rule);
  // Nobody has a key by any roster yet.
  expect(await reportOf(desk, await provedNight(), rule)).toMatchObject({ outcome: 'waits' });
  expect(await desk.owner.retentionItem.count({ where: { rule } })).toBe(0);
  await adoptRosterOfAll(desk.owner);
  expect(await reportOf(desk, await provedNight(), rule)).toMatchObject({ outcome: 'acted' });
});

it('the worker looks at what was approved, with its own rights', async () => {
  for (const [, run] of signedWatches({ db: desk.worker, clock: desk.context.clock })) await run();
  const checks = await desk.owner.workerCheck.findMany({ where: { subject: 'retention' } });
  expect(checks).toMatchObject([{ seen: 1, faults: [] }]);
});
