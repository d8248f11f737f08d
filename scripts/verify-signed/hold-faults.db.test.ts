/** What was signed about legal holds and rules of retention is proved by the keys that a roster gives, and by nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { held, lifted } from '#lib/privacy/testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import { approve, night, parted } from '#lib/privacy/testing/retention-night.ts';
import { findUnproved } from './find-unproved.ts';
import { findHoldFaults, withLift, type HoldRow } from './hold-faults.ts';
import { findRetentionFaults, withDecided, type RetentionRow } from './retention-faults.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

let desk: RequestDesk;
let id: string;
let run: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  ({ id } = await held(desk));
  await lifted(desk, id);
  await parted(desk, { years: 1, client: 'C-97001' });
  run = await night(desk);
  await approve(desk, run, 'relationship');
});
afterAll(() => desk.close());

const counting = async () => {
  const roster = await rosterOf(desk.owner);
  return async () => Promise.resolve({ rosters: [roster], ended: new Set<string>() });
};
const short = (found: { what: string; fault: string }[]): string[] =>
  found.map(({ what, fault }) => `${what.split(' ')[0] ?? ''}: ${fault}`);
async function holdFaults(change: (row: HoldRow) => Partial<HoldRow> = () => ({})) {
  const row = await desk.owner.privacyHold.findUniqueOrThrow({ where: { id }, select: withLift });
  return short(await findHoldFaults({ ...row, ...change(row) }, await counting()));
}
/** One event alone is changed. */
const event =
  (kind: string, change: (of: HoldRow['events'][number]) => object) => (row: HoldRow) => ({
    events: row.events.map((one) => (one.kind === kind ? { ...one, ...change(one) } : one)),
  });

it('a hold that two people lifted with their keys holds, and every other way to it is named', async () => {
  expect(await holdFaults()).toEqual([]);
  expect(await holdFaults(event('lifted', () => ({ statement: null })))).toEqual([
    'lifted: statement-missing',
  ]);
  expect(
    await holdFaults(
      event('lift-proposed', ({ statement }) => ({ statement: { ...statement, assertion: {} } })),
    ),
  ).toEqual(['lift-proposed: signature-invalid']);
  const { ben } = desk.people;
  expect(await holdFaults(event('lifted', () => ({ actor: ben.actor.personId })))).toEqual([
    'lifted: key-unknown',
  ]);
  const both = ['lift-proposed: says-another', 'lifted: says-another'];
  expect(await holdFaults(() => ({ number: 'LH-2026-999999' }))).toEqual(both);
  expect(
    await holdFaults(
      event('opened', ({ texts }) => ({
        texts: texts.map((text) => ({ ...text, commitment: '0'.repeat(64) })),
      })),
    ),
  ).toEqual(both);
  const without = (kind: string) => (row: HoldRow) => ({
    events: row.events.filter((one) => one.kind !== kind),
  });
  expect(await holdFaults(without('lift-proposed'))).toEqual(['lifted: out-of-turn']);
  expect(await holdFaults(without('lifted'))).toEqual(['its: approval-unproved']);
});

it('an approval of a rule holds for the report that was signed, and for no other', async () => {
  const row = await desk.owner.retentionRun.findUniqueOrThrow({
    where: { id: run },
    select: withDecided,
  });
  const faults = async (change: object) => {
    const reports = row.reports.map((report) => ({ ...report, ...change }));
    return short(
      await findRetentionFaults({ ...row, reports } satisfies RetentionRow, await counting()),
    );
  };
  expect(await faults({})).toEqual([]);
  for (const change of [{ due: 5 }, { version: 'a'.repeat(64) }, { skipped: { hold: 1 } }])
    expect(await faults(change)).toEqual(['approved: says-another']);
});

it('the command looks at both', async () => {
  const { owner, web } = desk;
  expect(await findUnproved(web)).toMatchObject({ holds: 1, retention: 1, faults: { length: 3 } });
  await adoptRosterOfAll(owner);
  expect(await findUnproved(web)).toMatchObject({ holds: 1, retention: 1, faults: [] });
});
