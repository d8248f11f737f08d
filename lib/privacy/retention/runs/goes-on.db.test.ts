/** @file A rule by which a night can't go on keeps none of the other rules waiting. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { begun } from '../../testing/retention-night.ts';
import { runCodes } from '../schedule.ts';
import { RetentionDesk } from './retention-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

it('a night goes on by the other rules, raises the one that fails, and ends once that one goes on', async () => {
  const run = await begun(desk);
  const [first] = runCodes;
  await desk.owner
    .$executeRawUnsafe(`create function poison() returns trigger language plpgsql as $$
    begin
      if new.rule = '${first}' then raise exception 'this one fails' using errcode = 'CS002'; end if;
      return new;
    end $$`);
  await desk.owner.$executeRawUnsafe(
    'create trigger poison before insert on retention_report for each row execute function poison()',
  );
  const worker = new RetentionDesk({
    db: desk.worker,
    clock: desk.context.clock,
    isProved: () => Promise.resolve(true),
  });
  let raised = 0;
  const look = (): Promise<void> => {
    // What failed is looked at again some seconds later.
    desk.context.passTime(5_000);
    return worker.look();
  };
  for (let n = 0; n < runCodes.length; n += 1)
    await look().catch((error: unknown) => {
      expect(String(error)).toContain(first);
      raised += 1;
    });
  expect(raised).toBeGreaterThan(0);
  const ended = () => desk.owner.retentionReport.count({ where: { runId: run, phase: 'ended' } });
  expect(await ended()).toBe(runCodes.length - 1);
  await desk.owner.$executeRawUnsafe('drop trigger poison on retention_report');
  for (let n = 0; n < 3; n += 1) await look();
  expect(await ended()).toBe(runCodes.length);
  const { endedAt } = await desk.owner.retentionRun.findUniqueOrThrow({ where: { id: run } });
  expect(endedAt).not.toBeNull();
});
