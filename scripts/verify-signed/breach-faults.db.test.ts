/** What was signed about breaches of personal data is proved by the keys that a roster gives, and by nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { noteBreach } from '#lib/privacy/breaches/move-breach.ts';
import {
  assessed,
  confirmed,
  dismissed,
  pressBreach,
  reported,
  severe,
  withContact,
} from '#lib/privacy/testing/breach-desk.ts';
import { oldSevere } from '#lib/privacy/testing/old-breaches.ts';
import { openRequestDesk, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import { approve, night } from '#lib/privacy/testing/retention-night.ts';
import { WorkOff } from '#lib/privacy/retention/runs/work-off.ts';
import { findBreachFaults, withBreachDecided, type BreachRow } from './breach-faults.ts';
import { signedWatches } from '../worker/signed-watches.ts';
import { findUnproved } from './find-unproved.ts';
import { adoptRosterOfAll, rosterOf } from './testing/adopt-roster.ts';

let desk: RequestDesk;
let id: string;
beforeAll(async () => {
  desk = await openRequestDesk();
  ({ id } = await confirmed(desk));
  const { mia, ada } = desk.people;
  const later = 'We are still counting whom it concerns.';
  valueOf(await pressBreach(desk, mia, { id, seen: '2', step: 'notification-signed', later }));
  valueOf(await assessed(desk, id, 3));
  const reasons = 'It came back unopened the same day.';
  valueOf(await pressBreach(desk, mia, { id, seen: '4', step: 'clearance-proposed', reasons }));
  valueOf(await pressBreach(desk, ada, { id, seen: '5', step: 'clearance-approved' }));
});
afterAll(() => desk.close());

async function faults(
  change: (row: BreachRow) => Partial<BreachRow> = () => ({}),
  of: string = id,
) {
  const row = await desk.owner.privacyBreach.findUniqueOrThrow({
    where: { id: of },
    select: withBreachDecided,
  });
  const roster = await rosterOf(desk.owner);
  const counting = async () => Promise.resolve({ rosters: [roster], ended: new Set<string>() });
  const found = await findBreachFaults({ ...row, ...change(row) }, counting);
  return found.map(({ what, fault }) => `${what.split(' ')[0] ?? ''}: ${fault}`);
}
/** One event alone is changed. */
const event =
  (kind: string, change: (of: BreachRow['events'][number]) => object) => (row: BreachRow) => ({
    events: row.events.map((one) => (one.kind === kind ? { ...one, ...change(one) } : one)),
  });

it('what was signed with keys holds, and every other way to it is named', async () => {
  expect(await faults()).toEqual([]);
  expect(await faults(event('clearance-approved', () => ({ statement: null })))).toEqual([
    'clearance-approved: statement-missing',
  ]);
  expect(
    await faults(
      event('notification-signed', ({ statement }) => ({
        statement: { ...statement, assertion: {} },
      })),
    ),
  ).toEqual(['notification-signed: signature-invalid']);
  const { ben } = desk.people;
  const other = () => ({ actor: ben.actor.personId });
  expect(await faults(event('clearance-proposed', other))).toContain(
    'clearance-proposed: key-unknown',
  );
  // Another text of the notification than the one that was signed.
  const another = (one: BreachRow['events'][number]) => ({
    facts: { ...(one.facts as object), digest: 'b'.repeat(64) },
  });
  expect(await faults(event('notification-signed', another))).toEqual([
    'notification-signed: says-another',
    'clearance-proposed: says-another',
    'clearance-approved: says-another',
  ]);
  const texts = (one: BreachRow['events'][number]) => ({
    texts: one.texts.map((text) => ({ ...text, commitment: '0'.repeat(64) })),
  });
  expect(await faults(event('clearance-proposed', texts))).toEqual([
    'clearance-proposed: says-another',
    'clearance-approved: says-another',
  ]);
  expect(
    await faults((row) => ({
      events: row.events.filter(({ kind }) => kind !== 'clearance-approved'),
    })),
  ).toEqual(['that: approval-unproved']);
});

it('the command looks at them', async () => {
  const { owner, web } = desk;
  expect(await findUnproved(web)).toMatchObject({ breaches: 1, faults: { length: 3 } });
  await adoptRosterOfAll(owner);
  expect(await findUnproved(web)).toMatchObject({ breaches: 1, faults: [] });
});

it('that it was no breach is proved by the key of another person than who proposed it', async () => {
  const { id: of } = await reported(desk);
  await dismissed(desk, of, 1, 'The letter had no personal data in it.');
  expect(await faults(undefined, of)).toEqual([]);
  expect(
    await faults(
      event('dismissal-approved', () => ({ statement: null })),
      of,
    ),
  ).toEqual(['dismissal-approved: statement-missing']);
  const without = (row: BreachRow) => ({
    events: row.events.filter(({ kind }) => kind !== 'dismissal-approved'),
  });
  expect(await faults(without, of)).toEqual(['that: approval-unproved']);
});

it('an exception is proved by the keys of two people, and the worker looks again at what is signed, not at notes', async () => {
  const { id: of } = await confirmed(desk);
  valueOf(await assessed(desk, of, 2, severe));
  const { mia, ada, dora } = desk.people;
  const decided = { isTold: 'no', exception: 'unintelligible', reasons: 'It was encrypted.' };
  const deciding = { id: of, seen: '3', step: 'persons-decided', ...decided };
  valueOf(await pressBreach(desk, mia, deciding));
  const watches = signedWatches({ db: desk.worker, clock: desk.context.clock });
  const seen = async () => {
    desk.context.passTime(31_000);
    for (const [name, look] of watches) if (name.endsWith(': breach')) await look();
    const key = { subject: 'breach', id: of };
    return (await desk.owner.workerCheck.findUnique({ where: { subject_id: key } }))?.seen;
  };
  expect(await seen()).toBe(4);
  valueOf(await noteBreach(dora.actor, { id: of, seen: '4', note: 'A word.' }, desk.context));
  expect(await seen()).toBe(4);
  valueOf(await pressBreach(desk, ada, { id: of, seen: '5', step: 'persons-agreed' }));
  expect(await seen()).toBe(6);
  expect(await faults(undefined, of)).toEqual([]);
  const alone = event('persons-agreed', ({ statement }) => ({
    statement: statement && { ...statement, assertion: {} },
  }));
  expect(await faults(alone, of)).toEqual(['persons-agreed: signature-invalid']);
});

it('what was signed verifies after the file of the breach was erased', async () => {
  await withContact(desk);
  const old = await oldSevere(desk, desk.subject);
  expect(await faults(() => ({}), old.id)).toEqual([]);
  await approve(desk, await night(desk), 'breach-files');
  await night(desk);
  await new WorkOff({ db: desk.worker, clock: desk.context.clock }).look();
  const where = { breachId: old.id };
  expect(
    await desk.owner.privacyBreachText.count({ where: { ...where, NOT: { sealed: null } } }),
  ).toBe(0);
  expect(await faults(() => ({}), old.id)).toEqual([]);
});
