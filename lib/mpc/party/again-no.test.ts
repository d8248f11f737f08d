import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { adopt } from '../client/party-client.ts';
import { randomAddress } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { listingIntent, rosterChangeIntent } from '../testing/organisation.ts';
import { decreesAfter } from './store/decrees.ts';
import { waitsOf } from './store/waits.ts';
import { takeNo } from './take-no.ts';

describe('a no about one attempt of several', () => {
  let custody: LocalCustody;
  beforeEach(() => {
    custody = openLocalCustody(undefined, undefined, { timeLockSeconds: 600 });
  });
  afterEach(() => custody.remove());

  const at = () => custody.parties[0];
  const rejection = (intent: Intent, attempt: number) =>
    custody.organisation.say('cora', 'reject', intent, { attempt });
  const rejected = (intent: Intent, attempt: number): OperationBundle => ({
    intent,
    statements: [
      custody.organisation.say('raisa', 'raise', intent, { attempt }),
      rejection(intent, attempt),
    ],
  });
  const told = () =>
    decreesAfter(at().party.database, 0, 10).filter(({ kind }) => kind === 'no').length;
  const asked = async (bundle: OperationBundle) => {
    const answer = await adopt(at().client, bundle);
    return answer.ok ? 'adopted' : answer.refusal;
  };

  test('each rejected attempt is kept and passed on, whichever way it came', async () => {
    const intent = listingIntent({ id: 'acme', address: randomAddress() });
    expect(await asked(rejected(intent, 1))).toBe('rejected-by-person');
    expect(await asked(rejected(intent, 2))).toBe('rejected-by-person');
    expect(takeNo(at().party, rejection(intent, 3))).toMatchObject({ ok: true });
    expect(takeNo(at().party, rejection(intent, 3))).toMatchObject({ ok: true });
    expect(told()).toBe(3);
    expect(await asked(custody.organisation.bundle(intent, { attempt: 3 }))).toBe('attempt-ended');
    expect(await asked(custody.organisation.bundle(intent, { attempt: 4 }))).toBe('adopted');
  });

  test('leaves the wait of a later attempt, and of other content, as it is', async () => {
    const intent = rosterChangeIntent(custody.organisation.roster);
    const other = { ...intent, notAfter: new Date(Date.now() + 1_000_000).toISOString() };
    const { party } = at();
    expect(await asked(rejected(intent, 1))).toBe('rejected-by-person');
    const bundle = custody.organisation.bundle(intent, { attempt: 2 });
    expect(await asked(bundle)).toBe('time-lock-running');
    const waits = waitsOf(party.database, intent.operation);
    expect(waits).toHaveLength(1);
    takeNo(party, rejection(intent, 1));
    takeNo(party, rejection(other, 2));
    expect(waitsOf(party.database, intent.operation)).toEqual(waits);
    takeNo(party, rejection(intent, 2));
    expect(waitsOf(party.database, intent.operation)).toEqual([]);
  });
});
