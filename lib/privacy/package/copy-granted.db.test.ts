/** Who grants access or portability hands out a copy: it is built, of this request, and says what holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import {
  adviseOn,
  built,
  collected,
  noted,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import { granting, press, received } from '../testing/request-desk.ts';
import { portabilityPackage } from './package-schema.ts';

let desk: PackagesDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openPackagesDesk();
  refusals = await openRefusals(desk.database);
  await noted(desk, 'The usual payment to the exchange.');
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;
const later = () => {
  const at = new Date(desk.context.clock().getTime() + 1_000);
  return { ...desk.context, clock: () => at };
};
const propose = (id: string, seen: number, more: object) =>
  code(press(desk, desk.people.mia, { id, seen: `${seen}`, ...granting, ...more }));
/** The same past the use case: CS003 where only what was signed is missing. */
const past = (id: string, seq: number, more: object) => {
  const facts = { ...granting, events: 'a'.repeat(64), package: null, plan: null, ...more };
  return refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
    values ('${id}', ${seq}, 'proposed', '${desk.people.mia.actor.personId}', now(), '${JSON.stringify(facts)}')`);
};
const advise = async (id: string, seen: number): Promise<void> => {
  const review = { id, seen: `${seen}`, blockers: [], reasons: 'Nothing stands against it here.' };
  valueOf(await reviewRequest(dora(), review, later()));
  const opinion = { id, seen: `${seen + 1}`, opinion: 'for', text: 'She has the right to it.' };
  valueOf(await giveOpinion(dora(), opinion, later()));
};

it('a copy is granted only with the package of this request, whatever program asks', async () => {
  const other = await collected(desk);
  const foreign = await built(desk, other.id, () => 'in');
  const { id } = await collected(desk);
  await adviseOn(desk, id);
  expect(await propose(id, 5, { package: '' })).toBe('no-package');
  expect(await past(id, 6, {})).toBe('CS002');
  expect(await propose(id, 5, { package: foreign })).toBe('other-package');
  expect(await past(id, 6, { package: foreign })).toBe('CS002');
  const digest = await built(desk, id, () => 'in');
  expect(await past(id, 6, { package: digest })).toBe('CS003');
  expect(await past(id, 6, { decision: 'refuse', grounds: ['unfounded'], package: digest })).toBe(
    'CS002',
  );
  expect(await propose(id, 5, { package: digest })).toBe('done');
});

it('a package from before something was collected or corrected is proposed and approved by nobody', async () => {
  const { id } = await collected(desk);
  const old = await built(desk, id, () => 'in');
  valueOf(await collectSystem(dora(), { id, seen: '3', system: 'ledger' }, later()));
  await advise(id, 4);
  expect(await propose(id, 6, { package: old })).toBe('package-older');
  expect(await past(id, 7, { package: old })).toBe('CS002');
  const digest = await built(desk, id, () => 'in', { again: 'yes' });
  expect(await propose(id, 6, { package: digest })).toBe('done');
  await inTransaction(desk.web, (tx) =>
    writeValues(
      tx,
      { id: desk.subject, values: { occupation: 'Engineer' } },
      { by: dora().personId, at: new Date(later().clock().getTime() + 1_000), reference: null },
    ),
  );
  desk.context.passTime(5_000);
  const approve = await press(desk, desk.people.ben, { id, seen: '7', step: 'approved' });
  // Nothing is built while a proposal waits, so the sentence says what opens that step.
  expect(approve).toMatchObject({
    refusal: {
      code: 'package-older',
      sentence: expect.stringMatching(/ Send the proposal back first\.$/),
    },
  });
});

it('nothing is granted where nothing was collected, and what says nothing of data is refused without', async () => {
  const identified = { person: desk.subject, ground: 'signed-in', proof: 'Signed in today.' };
  const known = async (right: string) => {
    const { id } = await received(desk, { right });
    valueOf(await identifyPerson(dora(), { id, seen: '1', ...identified }, desk.context));
    await advise(id, 2);
    return id;
  };
  for (const right of ['access', 'restriction', 'not-automated']) {
    const id = await known(right);
    expect(await propose(id, 4, {})).toBe('not-collected');
    expect(await past(id, 5, {})).toBe('CS002');
    const refusal = { decision: 'refuse', grounds: ['unfounded'] };
    expect(await past(id, 5, { ...refusal, grounds: ['unfounded', 'necessary'] })).toBe('CS002');
    expect(await propose(id, 4, refusal)).toBe('done');
  }
});

it('portability that leaves values out says which to the person, and is granted in part on that ground', async () => {
  const { id } = await collected(desk, { right: 'portability' });
  const digest = await built(desk, id);
  await adviseOn(desk, id);
  const { leftOut } = portabilityPackage.parse(
    JSON.parse(textOf(unzipped(await zipOf(desk, id))['your-data.json'])),
  );
  expect(leftOut).toMatchObject([{ what: 'Other values', ground: 'not-provided' }]);
  const part = { package: digest, decision: 'grant-in-part' };
  expect(await propose(id, 5, { package: digest })).toBe('left-out');
  expect(await past(id, 6, { package: digest })).toBe('CS002');
  expect(await propose(id, 5, { ...part, grounds: ['not-provided', 'others-rights'] })).toBe(
    'nothing-left-out',
  );
  expect(await propose(id, 5, { ...part, grounds: ['not-provided'] })).toBe('done');
});
