/** The lifting of a restriction is proved by the keys that a roster gives, and by nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRequestDesk, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import { identified, liftedByTwo, restricted } from '#lib/privacy/testing/restriction-desk.ts';
import { signedWatches } from '../worker/signed-watches.ts';
import { findUnproved } from './find-unproved.ts';
import { findRestrictionFaults, withLifting } from './restriction-faults.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

let desk: RequestDesk;
let id: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  const request = await identified(desk, 'restriction');
  id = await restricted(desk, request.id);
  await liftedByTwo(desk, id);
});
afterAll(() => desk.close());

const row = () =>
  desk.owner.personRestriction.findUniqueOrThrow({ where: { id }, select: withLifting });
type Row = Awaited<ReturnType<typeof row>>;
async function faultsOf(change: (row: Row) => Partial<Row> = () => ({})): Promise<string[]> {
  const [roster, stands] = await Promise.all([rosterOf(desk.owner), row()]);
  const found = await findRestrictionFaults({ ...stands, ...change(stands) }, async () =>
    Promise.resolve({ rosters: [roster], ended: new Set() }),
  );
  return found.map(({ what, fault }) => `${what.split(' ')[0] ?? ''}: ${fault}`);
}
/** One event alone is changed. */
const event = (kind: string, change: object) => (stands: Row) => ({
  events: stands.events.map((one) => (one.kind === kind ? { ...one, ...change } : one)),
});

it('a lifting that two people signed after the person was told holds', async () => {
  expect(await faultsOf()).toEqual([]);
});

it('one without a press, made up, by another, before the person was told or about other data is named', async () => {
  expect(await faultsOf(event('lifted', { document: null }))).toEqual([
    'lifted: statement-missing',
  ]);
  expect(await faultsOf(event('lift-proposed', { assertion: {} }))).toEqual([
    'lift-proposed: signature-invalid',
  ]);
  expect(await faultsOf(event('lifted', { actor: desk.people.ben.actor.personId }))).toEqual([
    'lifted: key-unknown',
  ]);
  const without = (kind: string) => (stands: Row) => ({
    events: stands.events.filter((one) => one.kind !== kind),
  });
  expect(await faultsOf(without('told'))).toEqual([
    'lift-proposed: out-of-turn',
    'lifted: out-of-turn',
  ]);
  expect(await faultsOf(without('lift-proposed'))).toEqual(['lifted: out-of-turn']);
  expect(await faultsOf(without('lifted'))).toEqual(['its: approval-unproved']);
  const both = ['lift-proposed: says-another', 'lifted: says-another'];
  expect(await faultsOf(() => ({ fields: ['email'] }))).toEqual(both);
  expect(await faultsOf(event('told', { toldAt: new Date(0) }))).toEqual(both);
});

it('the command and the worker look at it, each with its own rights', async () => {
  const { owner, web, worker } = desk;
  expect(await findUnproved(web)).toMatchObject({ restrictions: 1, faults: { length: 2 } });
  await adoptRosterOfAll(owner);
  expect(await findUnproved(web)).toMatchObject({ restrictions: 1, faults: [] });
  for (const [, run] of signedWatches({ db: worker, clock: desk.context.clock })) await run();
  const check = { subject_id: { subject: 'restriction', id } };
  expect(await owner.workerCheck.findUnique({ where: check })).toMatchObject({
    seen: 3,
    faults: [],
  });
});
