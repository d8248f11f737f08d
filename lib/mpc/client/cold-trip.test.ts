import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeNo } from '../party/take-no.ts';
import { closeStaleSessions } from '../party/signing-session.ts';
import { latestAudit } from '../party/store/audit.ts';
import {
  bytesOf,
  coldWithdrawal,
  copyFolder,
  onlineOf,
  openColdCustody,
  openColdVault,
  putBack,
  restart,
  rewritten,
  sendOut,
  signAt,
  type ColdCustody,
  type Trip,
} from '../testing/cold-custody.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { bring } from '../party/cold-desk.ts';
import { coldTripState, finishColdSigning, prepareColdSigning } from './cold-signing.ts';
import { knowsNothing } from './cold-knowledge.ts';

let custody: ColdCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
});
afterAll(() => custody.remove());

const now = () => new Date(Date.now() + custody.clock.ahead);
const finish = (trip: Trip, text: string) =>
  finishColdSigning(onlineOf(custody), trip.trip, bytesOf(text), { now: now() });
const stateOf = async ({ trip }: Trip) => {
  const state = await coldTripState(custody.control.client, trip);
  return state.ok ? state.value : state;
};
const bodyOf = (text: string): Record<string, unknown> =>
  (JSON.parse(text.split('\n')[2] ?? '') as { body: Record<string, unknown> }).body;
const withBody = (text: string, changes: Record<string, unknown>): string =>
  rewritten(text, (document) => {
    document['body'] = { ...bodyOf(text), ...changes };
  });

describe('a trip', () => {
  test('is void once the party with a network restarted, and says so', async () => {
    const out = await sendOut(custody, vault);
    expect(await stateOf(out)).toMatchObject({ state: 'open', until: out.trip.expiresAt });
    const answer = signAt(custody.a, custody, out.text);
    restart(custody.control, custody);
    expect(await stateOf(out)).toEqual({ state: 'void', refusal: 'trip-void' });
    expect(await finish(out, answer.text)).toMatchObject({
      refusal: 'trip-void',
      party: 'control',
    });
    // A new trip for the same transaction ends well: the tie at the cold party is the same.
    const again = await sendOut(custody, vault, { ...out, knowledge: knowsNothing });
    const finished = await finish(again, signAt(custody.a, custody, again.text).text);
    expect(finished.ok).toBe(true);
    expect(await stateOf(again)).toMatchObject({ state: 'signed' });
  });

  test('lives until the intent ends, and no longer', async () => {
    const out = await sendOut(custody, vault);
    if (out.intent.kind !== 'withdrawal') throw new Error('a withdrawal');
    expect(out.trip.expiresAt).toBe(out.intent.notAfter);
    custody.clock.ahead += 50 * 60_000;
    expect(await stateOf(out)).toMatchObject({ state: 'open' });
    custody.clock.ahead += 20 * 60_000;
    expect(await stateOf(out)).toMatchObject({ state: 'void' });
    closeStaleSessions(custody.control.party);
    expect([...custody.control.party.sessions.keys()]).not.toContain(out.trip.session);
    custody.clock.ahead = 0;
  });

  test('is one of eight at most, and one for each operation', async () => {
    const fresh = openColdCustody();
    const at = await openColdVault(fresh);
    const first = await sendOut(fresh, at);
    const second = await sendOut(fresh, at, {
      ...first,
      transaction: transferFor(at, first.intent, randomNonce()),
    });
    expect(fresh.control.party.sessions.size).toBe(1);
    expect(await coldTripState(fresh.control.client, first.trip)).toMatchObject({
      value: { state: 'void' },
    });
    expect(await coldTripState(fresh.control.client, second.trip)).toMatchObject({
      value: { state: 'open' },
    });
    for (let more = 0; more < 7; more += 1) await sendOut(fresh, at);
    await expect(sendOut(fresh, at)).rejects.toThrow(/too-many-sessions/u);
    fresh.remove();
  });

  test('that was answered twice gives one signature: the nonces of the other party serve once', async () => {
    const out = await sendOut(custody, vault);
    const first = signAt(custody.a, custody, out.text);
    restart(custody.a, custody);
    const second = signAt(custody.a, custody, out.text);
    const [one, two] = [bodyOf(first.text), bodyOf(second.text)];
    expect(one['commitment']).not.toEqual(two['commitment']);
    // Halves of two answers belong to two sessions, and the party with a network sees that.
    const mixed = withBody(second.text, { share: one['share'] });
    expect(await finish(out, mixed)).toMatchObject({ refusal: 'envelope-foreign-ceremony' });
    // Its share was made for the second commitment now, and only the second share goes with it.
    expect(await finish(out, first.text)).toMatchObject({ refusal: 'envelope-foreign-ceremony' });
    expect((await finish(out, second.text)).ok).toBe(true);
    expect((await finish(out, first.text)).ok).toBe(true);
  });
});

describe('an answer', () => {
  test('of another trip, another party or another step is refused', async () => {
    const [out, other] = [await sendOut(custody, vault), await sendOut(custody, vault)];
    const answer = signAt(custody.a, custody, out.text);
    const theirs = signAt(custody.a, custody, other.text);
    const cases: [string, string][] = [
      [theirs.text, 'travel-other-trip'],
      [out.text, 'travel-misaddressed'],
      ['nonsense', 'travel-not-ours'],
      [answer.text.replace('"share"', '"sharf"'), 'travel-damaged'],
      [rewritten(answer.text, (document) => void (document['step'] = 4)), 'travel-out-of-step'],
      [
        rewritten(answer.text, (document) => void (document['from'] = 'cold-b')),
        'travel-other-sender',
      ],
      [
        rewritten(answer.text, (document) => void (document['kind'] = 'round-answer')),
        'travel-other-kind',
      ],
      [
        withBody(answer.text, { commitment: bodyOf(theirs.text)['commitment'] }),
        'envelope-foreign-ceremony',
      ],
      [withBody(answer.text, { more: 1 }), 'travel-malformed'],
      [withBody(answer.text, { confirms: [] }), 'travel-malformed'],
      [
        withBody(answer.text, { commitment: bodyOf(out.text)['envelope'] }),
        'envelope-foreign-sender',
      ],
    ];
    for (const [text, refusal] of cases) expect(await finish(out, text)).toMatchObject({ refusal });
    expect((await finish(out, answer.text)).ok).toBe(true);
    expect((await finish(other, theirs.text)).ok).toBe(true);
  });

  test('with a refusal in it names the refusal and who refused', async () => {
    const intent = coldWithdrawal(vault);
    const out = await sendOut(custody, vault, { intent });
    const no = custody.organisation.say('cora', 'reject', intent);
    expect(takeNo(custody.a.party, no).ok).toBe(true);
    const brought = bring(custody.a.desk, bytesOf(out.text));
    if (brought.state !== 'refused') throw new Error(brought.state);
    expect(brought.refusal).toBe('attempt-ended');
    expect(await finish(out, brought.leaving.text)).toMatchObject({
      refusal: 'attempt-ended',
      party: 'cold-a',
    });
  });
});

test('a rejection that comes after the request left stops the party with a network, and the share of the cold party alone is worth nothing', async () => {
  const out = await sendOut(custody, vault);
  const answer = signAt(custody.a, custody, out.text);
  const no = custody.organisation.say('cora', 'reject', out.intent);
  expect(takeNo(custody.control.party, no).ok).toBe(true);
  expect(await finish(out, answer.text)).toMatchObject({ refusal: 'trip-void' });
  const { organisation, environment } = custody.organisation.roster;
  const request = { organisation, environment, cold: 'cold-a', ...out, knowledge: knowsNothing };
  expect(await prepareColdSigning(onlineOf(custody), request)).toMatchObject({
    refusal: 'attempt-ended',
  });
});

test('a cold party that was put back to an older copy is noticed by the next request, and refuses', async () => {
  const before = copyFolder(custody.a, custody);
  const out = await sendOut(custody, vault);
  expect((await finish(out, signAt(custody.a, custody, out.text).text)).ok).toBe(true);
  putBack(custody.a, before, custody);
  const next = await sendOut(custody, vault);
  const brought = bring(custody.a.desk, bytesOf(next.text));
  if (brought.state !== 'refused') throw new Error(brought.state);
  expect(brought.refusal).toBe('own-store-behind');
  expect(latestAudit(custody.a.party.database, 1)[0]?.refusal).toBe('own-store-behind');
  expect(await finish(next, brought.leaving.text)).toMatchObject({ refusal: 'cold-store-behind' });
});
