/** A review of a hold that nobody made is alarmed of, whatever somebody did to another hold. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { held } from '../../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { OverdueHolds } from './overdue-holds.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

/** Time that passes changes no row; here the day of the review is moved before it, past the guards. */
async function movedBack(id: string, opening: string): Promise<void> {
  const yesterday = dayOf(new Date(Date.now() - dayMs));
  const { owner } = desk;
  const triggers = await owner.$queryRaw<{ of: string; name: string }[]>`
    select tgrelid::regclass::text as of, tgname as name from pg_trigger where not tgisinternal
      and tgrelid in ('privacy_hold_standing'::regclass, 'privacy_hold_event'::regclass)`;
  for (const { of, name } of triggers)
    await owner.$executeRawUnsafe(`alter table ${of} disable trigger ${name}`);
  await owner.$executeRaw`update privacy_hold_standing set review_on = ${yesterday}::date
    where hold_id = ${id}::uuid`;
  await owner.$executeRaw`update privacy_hold_event
    set facts = case ${opening} when 'kept' then facts || jsonb_build_object('reviewOn', ${yesterday}::text)
      else '{}' end where hold_id = ${id}::uuid and seq = 1`;
  for (const { of, name } of triggers)
    await owner.$executeRawUnsafe(`alter table ${of} enable always trigger ${name}`);
}

it('one that can’t be read keeps nobody from being warned of the others', async () => {
  const [first = '', second = ''] = [(await held(desk)).id, (await held(desk)).id].toSorted();
  await movedBack(first, 'lost');
  await movedBack(second, 'kept');
  await new OverdueHolds({ db: desk.worker, clock: desk.context.clock }).look();
  const warned = await desk.owner.privacyHoldEvent.findMany({ where: { kind: 'warned' } });
  expect(warned.map(({ holdId }) => holdId)).toEqual([second]);
});
