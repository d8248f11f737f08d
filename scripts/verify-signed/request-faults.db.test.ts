/** Decisions about people's requests are proved by the keys that a roster gives, and nothing else is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  type RequestDesk,
} from '#lib/privacy/testing/request-desk.ts';
import { signedWatches } from '../worker/signed-watches.ts';
import { findUnproved } from './find-unproved.ts';
import { findRequestFaults, withSigned } from './request-faults.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

let desk: RequestDesk;
let id: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  ({ id } = await advised(desk));
  const { mia, ada } = desk.people;
  valueOf(await press(desk, mia, { ...granting, id, seen: '5' }));
  valueOf(await press(desk, ada, { step: 'approved', id, seen: '6' }));
});
afterAll(() => desk.close());

const row = () =>
  desk.owner.privacyRequest.findUniqueOrThrow({ where: { id }, select: withSigned });
type Row = Awaited<ReturnType<typeof row>>;
async function faultsOf(change: (row: Row) => Partial<Row> = () => ({})): Promise<string[]> {
  const [roster, stands] = await Promise.all([rosterOf(desk.owner), row()]);
  const found = await findRequestFaults({ ...stands, ...change(stands) }, async () =>
    Promise.resolve({ rosters: [roster], ended: new Set() }),
  );
  return found.map(({ what, fault }) => `${what.split(' ')[0] ?? ''}: ${fault}`);
}
/** One event alone is changed. */
const event = (kind: string, change: (of: Row['events'][number]) => object) => (stands: Row) => ({
  events: stands.events.map((one) => (one.kind === kind ? { ...one, ...change(one) } : one)),
});

it('a decision that two people signed on what stood on record holds', async () => {
  expect(await faultsOf()).toEqual([]);
});

it('a decision with no press, one made up, or by another person is named', async () => {
  expect(await faultsOf(event('approved', () => ({ statement: null })))).toEqual([
    'approved: statement-missing',
  ]);
  expect(
    await faultsOf(
      event('proposed', ({ statement }) => ({ statement: { ...statement, assertion: {} } })),
    ),
  ).toEqual(['proposed: signature-invalid']);
  const { ben } = desk.people;
  expect(await faultsOf(event('approved', () => ({ actor: ben.actor.personId })))).toEqual([
    'approved: key-unknown',
  ]);
});

it('a decision about another right, on other events, texts, grounds or reasons is named', async () => {
  const both = ['proposed: says-another', 'approved: says-another'];
  expect(await faultsOf(() => ({ right: 'erasure' }))).toEqual(both);
  expect(await faultsOf(() => ({ number: 'DSR-2026-999999' }))).toEqual(both);
  expect(await faultsOf(event('opinion-given', () => ({ facts: { opinion: 'against' } })))).toEqual(
    both,
  );
  expect(
    await faultsOf(
      event('reviewed', ({ texts }) => ({
        texts: texts.map((text) => ({ ...text, commitment: '0'.repeat(64) })),
      })),
    ),
  ).toEqual(both);
  expect(await faultsOf(event('proposed', ({ texts }) => ({ texts: texts.slice(0, 0) })))).toEqual(
    both,
  );
  expect(
    await faultsOf(
      event('proposed', ({ facts }) => ({ facts: { ...(facts as object), decision: 'refuse' } })),
    ),
  ).toEqual(both);
  expect(await faultsOf(event('collected', () => ({ facts: { found: 'many' } })))).toEqual([
    'its: says-another',
  ]);
});

it('an approval without a proposal, by its proposer, or by who advised is named', async () => {
  const { dora, ada } = desk.people;
  expect(
    await faultsOf(({ events }) => ({ events: events.filter(({ kind }) => kind !== 'proposed') })),
  ).toEqual(['approved: out-of-turn']);
  expect(await faultsOf(event('opinion-given', () => ({ actor: ada.actor.personId })))).toContain(
    'approved: says-another',
  );
  expect(dora.actor.roles).toContain('dpo');
});

it('the command and the worker look at decisions about requests, each with its own rights', async () => {
  const { owner, web, worker } = desk;
  expect(await findUnproved(web)).toMatchObject({
    requests: 1,
    faults: [{ fault: 'roster-missing' }, { fault: 'roster-missing' }],
  });
  await adoptRosterOfAll(owner);
  expect(await findUnproved(web)).toMatchObject({ requests: 1, faults: [] });
  for (const [, run] of signedWatches({ db: worker, clock: desk.context.clock })) await run();
  const check = { subject_id: { subject: 'request', id } };
  expect(await owner.workerCheck.findUnique({ where: check })).toMatchObject({
    seen: 7,
    faults: [],
  });
});
