/** What the worker warns of about breaches, whatever somebody does who has the web server. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { assessed, reported, severe, pressBreach } from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { BreachWarnings } from './breach-warnings.ts';
import { confirmBreach } from './move-breach.ts';
import { recordNotified } from './tell-breach.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const ago = (hours: number) =>
  fieldOf(new Date(desk.context.clock().getTime() - hours * 3_600_000));
const dora = () => desk.people.dora.actor;
async function confirm({ id }: { id: string }, hours: number) {
  const reasons = 'The recipient wrote back that they have it.';
  const input = { id, seen: '1', awareAt: ago(hours), reasons };
  valueOf(await confirmBreach(dora(), input, desk.context));
}
async function aware(hours: number) {
  const breach = await reported(desk, { noticedAt: ago(hours + 1) });
  await confirm(breach, hours);
  return breach;
}
const watch = () => new BreachWarnings({ db: desk.worker, clock: desk.context.clock });
const warned = async ({ id }: { id: string }, kind = 'warned') =>
  (
    await desk.owner.privacyBreachEvent.findMany({
      where: { breachId: id, kind },
      orderBy: { seq: 'asc' },
    })
  ).map(({ facts }) => (facts as { hours: number }).hours);
/** As whoever has the web server could write it. */
const put = ({ id }: { id: string }, seq: number, kind: string, facts: object, actor?: string) =>
  desk.web.privacyBreachEvent.create({
    data: {
      breachId: id,
      seq,
      kind,
      facts: asJson(facts),
      actor: actor ?? dora().personId,
      at: desk.context.clock(),
    },
  });

it('one that is only suspected is warned of from when it was noticed, and again from when we were aware', async () => {
  const lying = await reported(desk, { noticedAt: ago(50) });
  const fresh = await reported(desk, { noticedAt: ago(20) });
  await watch().look();
  await watch().look();
  expect(await warned(lying, 'suspicion-warned')).toEqual([48]);
  expect(await warned(fresh, 'suspicion-warned')).toEqual([]);
  // A warning comes by time alone: who saw the breach before it may go on.
  await confirm(lying, 49);
  await watch().look();
  expect(await warned(lying)).toEqual([48]);
});

it('nobody but the worker writes that it was warned', async () => {
  const breach = await aware(80);
  for (const actor of ['system', dora().personId])
    for (const hours of [24, 72])
      await expect(put(breach, 3, 'warned', { hours }, actor)).rejects.toThrow(/worker/);
  const suspected = await reported(desk, { noticedAt: ago(80) });
  await expect(put(suspected, 2, 'suspicion-warned', { hours: 72 }, 'system')).rejects.toThrow(
    /worker/,
  );
  await watch().look();
  expect(await warned(breach)).toEqual([72]);
  expect(await warned(suspected, 'suspicion-warned')).toEqual([72]);
});

/** The database takes what was done so far for done so many hours earlier. */
async function aged({ id }: { id: string }, hours: number) {
  const { owner } = desk;
  for (const table of ['privacy_breach_event', 'privacy_breach_standing'])
    await owner.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  await owner.$executeRaw`update privacy_breach_event set at = at - make_interval(hours => ${hours}::int),
    facts = case when kind = 'notification-sent' then jsonb_set(facts, '{sentAt}', to_jsonb(to_char(
      ((facts ->> 'sentAt')::timestamptz - make_interval(hours => ${hours}::int)) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) else facts end where breach_id = ${id}::uuid`;
  await owner.$executeRaw`update privacy_breach_standing
    set notified_at = notified_at - make_interval(hours => ${hours}::int) where breach_id = ${id}::uuid`;
  for (const table of ['privacy_breach_event', 'privacy_breach_standing'])
    await owner.$executeRawUnsafe(`alter table ${table} enable trigger user`);
}

it('persons who were not told of a high risk and what the authority lacks are warned of, once and by the worker', async () => {
  const breach = await aware(76);
  valueOf(await assessed(desk, breach.id, 2, severe));
  const { mia } = desk.people;
  const later = 'We are still counting whom it concerns.';
  const delay = 'The mail was found on Monday only.';
  const signing = { id: breach.id, seen: '3', step: 'notification-signed', later, delay };
  valueOf(await pressBreach(desk, mia, signing));
  const sent = { sentAt: ago(0), channel: 'portal', reference: 'DSB-1' };
  valueOf(await recordNotified(dora(), { id: breach.id, seen: '4', ...sent }, desk.context));
  await expect(
    desk.worker.privacyBreachEvent.create({
      data: {
        breachId: breach.id,
        seq: 6,
        kind: 'persons-warned',
        facts: { hours: 24 },
        actor: 'system',
        at: desk.context.clock(),
      },
    }),
  ).rejects.toThrow(/hours that have passed/);
  await aged(breach, 73);
  const facts = { hours: 72 };
  for (const kind of ['persons-warned', 'rest-warned'])
    await expect(put(breach, 6, kind, facts, 'system')).rejects.toThrow(/worker/);
  await watch().look();
  await watch().look();
  expect(await warned(breach, 'persons-warned')).toEqual([72]);
  expect(await warned(breach, 'rest-warned')).toEqual([72]);
  const [rest] = await desk.owner.privacyBreachEvent.findMany({
    where: { breachId: breach.id, kind: 'rest-warned' },
  });
  expect(rest?.facts).toMatchObject({ missing: expect.arrayContaining(['nature', 'persons']) });
});
