/** Files of requests and reasons of holds go by their keys when their time is over, and by nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { held, lifted } from '../../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, reportOf } from '../../testing/retention-night.ts';
import { withdrawRequest } from '../../requests/carry-out.ts';
import { readRequestTexts } from '../../requests/read-texts.ts';
import { viewRequest } from '../../requests/view-request.ts';
import { readHoldTexts } from '../holds/read-hold-texts.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const workOff = async (times = 1) => {
  const queue = new WorkOff({ db: desk.worker, clock: desk.context.clock });
  for (let time = 0; time < times; time += 1) await queue.look();
};
const guarded = ['privacy_request', 'privacy_request_event', 'privacy_request_standing'] as const;

/** A request that was withdrawn four years ago, as far as the database can tell. */
async function ended(message: string): Promise<{ id: string; number: string }> {
  const request = await received(desk, { message });
  const { id } = request;
  const sent = { withdrawnAt: fieldOf(desk.context.clock()), proof: 'She called and said so.' };
  valueOf(await withdrawRequest(dora(), { id, seen: '1', ...sent }, desk.context));
  for (const table of guarded)
    await desk.owner.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  await desk.owner.$executeRaw`update privacy_request_event set at = at - interval '4 years'
    where request_id = ${id}::uuid`;
  await desk.owner
    .$executeRaw`update privacy_request_standing set received_at = received_at - interval '4 years'
    where request_id = ${id}::uuid`;
  const triggers = await desk.owner.$queryRawUnsafe<{ of: string; name: string }[]>(
    `select tgrelid::regclass::text as of, tgname as name from pg_trigger where not tgisinternal
       and tgrelid = any (array['${guarded.join("','")}']::regclass[])`,
  );
  for (const { of, name } of triggers)
    await desk.owner.$executeRawUnsafe(`alter table ${of} enable always trigger ${name}`);
  return request;
}

describe('files of a request', () => {
  it('go three years after its end, by their key, once somebody approved; what happened stays', async () => {
    const over = await ended('What do you hold of me, four years ago?');
    const kept = await ended('And this one is at court.');
    const open = await received(desk, { message: 'Nobody answered me yet.' });
    const hold = await held(desk, { person: '', record: kept.number });
    const first = await night(desk);
    expect(await reportOf(desk, first, 'request-files')).toMatchObject({
      due: 2,
      skipped: { hold: 1 },
      outcome: 'waits',
    });
    await workOff();
    expect(
      valueOf(await readRequestTexts(dora(), { id: over.id }, desk.context))[0]?.text,
    ).not.toBe(null);
    await approve(desk, first, 'request-files');
    await night(desk);
    const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id: over.id } });
    expect(await dataKeys().missing([keyId])).toEqual([]);
    await workOff();
    expect(await dataKeys().missing([keyId])).toEqual([keyId]);
    for (const { text } of valueOf(await readRequestTexts(dora(), { id: over.id }, desk.context)))
      expect(text).toBe(null);
    expect(await desk.owner.privacyRequestSearch.count({ where: { requestId: over.id } })).toBe(0);
    expect(
      await desk.owner.auditEntry.count({
        where: { subject: over.number, kind: 'privacy-request-erased' },
      }),
    ).toBe(1);
    const view = valueOf(await viewRequest(dora(), over.id, desk.context));
    expect(view.events.map(({ kind }) => kind)).toEqual(['opened', 'withdrawn']);
    for (const { id } of [kept, open])
      expect(valueOf(await readRequestTexts(dora(), { id }, desk.context))[0]?.text).not.toBe(null);
    // Nothing of it is found again, and what was held comes back by itself.
    await lifted(desk, hold.id);
    const third = await night(desk);
    expect(await reportOf(desk, third, 'request-files')).toMatchObject({ due: 1, acted: 1 });
    await workOff();
    expect(await desk.owner.privacyRequestSearch.count({ where: { requestId: kept.id } })).toBe(0);
  });

  it('that can not go are put aside and raised, and keep none of the others from going', async () => {
    const stuck = await ended('The first of two, which are over.');
    const other = await ended('The second of two, which are over.');
    await night(desk);
    await desk.owner
      .$executeRawUnsafe(`create function poison() returns trigger language plpgsql as $$
      begin
        if new.subject = '${stuck.number}' then raise exception 'this one fails' using errcode = 'CS002'; end if;
        return new;
      end $$`);
    await desk.owner.$executeRawUnsafe(
      'create trigger poison before update on retention_item for each row execute function poison()',
    );
    const queue = new WorkOff({ db: desk.worker, clock: desk.context.clock });
    await expect(queue.look()).rejects.toThrow(/this one fails/);
    const state = async ({ number }: { number: string }) =>
      (await desk.owner.retentionItem.findFirstOrThrow({ where: { subject: number } })).state;
    expect([await state(stuck), await state(other)]).toEqual(['due', 'done']);
    // It is not tried again for an hour.
    await queue.look();
    await desk.owner.$executeRawUnsafe('drop trigger poison on retention_item');
    await queue.look();
    expect(await state(stuck)).toBe('due');
    await workOff();
    expect(await state(stuck)).toBe('done');
  });

  it('are left where a hold came after the run, and the item says so', async () => {
    const { id, number } = await ended('This one is over, too.');
    const run = await night(desk);
    expect(await reportOf(desk, run, 'request-files')).toMatchObject({ acted: 1 });
    await held(desk, { person: '', category: 'request-files' });
    await workOff();
    const item = await desk.owner.retentionItem.findFirstOrThrow({ where: { subject: number } });
    expect(item).toMatchObject({ state: 'left', reason: 'A legal hold covers it' });
    expect(valueOf(await readRequestTexts(dora(), { id }, desk.context))[0]?.text).not.toBe(null);
    for (const { holdId, seq } of await desk.owner.privacyHoldStanding.findMany({
      where: { state: 'standing' },
    }))
      await lifted(desk, holdId, seq);
  });

  it('that were cut off after their key was destroyed are finished, and in the trail once', async () => {
    const { id, number } = await ended('Cut off in the middle.');
    await night(desk);
    const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } });
    await desk.owner.retentionItem.updateMany({
      where: { subject: number, state: 'due' },
      data: { state: 'begun' },
    });
    await dataKeys().shred([keyId]);
    await workOff(2);
    expect(await desk.owner.retentionItem.findFirst({ where: { subject: number } })).toMatchObject({
      state: 'done',
    });
    expect(
      await desk.owner.auditEntry.count({
        where: { subject: number, kind: 'privacy-request-erased' },
      }),
    ).toBe(1);
  });
});

describe('reasons of a hold', () => {
  it('go three years after it was lifted, and never while it stands', async () => {
    const stands = await held(desk);
    const over = await held(desk);
    await lifted(desk, over.id);
    await desk.owner.$executeRaw`alter table privacy_hold_standing disable trigger user`;
    await desk.owner
      .$executeRaw`update privacy_hold_standing set lifted_at = lifted_at - interval '4 years'
      where hold_id = ${over.id}::uuid`;
    await desk.owner
      .$executeRaw`alter table privacy_hold_standing enable always trigger never_removed`;
    const first = await night(desk);
    expect(await reportOf(desk, first, 'hold-files')).toMatchObject({ due: 1, outcome: 'waits' });
    await approve(desk, first, 'hold-files');
    await night(desk);
    await workOff();
    for (const { text } of valueOf(await readHoldTexts(dora(), { id: over.id }, desk.context)))
      expect(text).toBe(null);
    expect(valueOf(await readHoldTexts(dora(), { id: stands.id }, desk.context))[0]?.text).not.toBe(
      null,
    );
    await expect(
      desk.worker.privacyHoldText.updateMany({
        where: { holdId: stands.id },
        data: { sealed: null, erasedAt: new Date() },
      }),
    ).rejects.toThrow();
  });
});
