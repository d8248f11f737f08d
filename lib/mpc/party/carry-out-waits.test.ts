import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { adopt } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { rosterChangeIntent } from '../testing/organisation.ts';
import { alone, freezeIntent, looserPolicyIntent, releaseOf } from '../testing/stops.ts';
import { carryOutWaits } from './carry-out-waits.ts';
import { waitsOf } from './store/waits.ts';
import { takeNo } from './take-no.ts';

const LOCK = 600;

describe('a change that waits out a time-lock', () => {
  let custody: LocalCustody;
  let bundle: OperationBundle;
  beforeEach(async () => {
    custody = openLocalCustody(undefined, undefined, { timeLockSeconds: LOCK });
    bundle = custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster));
    await adopt(at().client, bundle);
    if (waits() !== 1) throw new Error('It does not wait.');
  });
  afterEach(() => custody.remove());

  const at = () => custody.parties[0];
  const version = () => at().party.trust?.roster.version;
  const waits = () => waitsOf(at().party.database, bundle.intent.operation).length;

  test('takes effect by itself once it is over, and not before', () => {
    custody.clock.ahead = (LOCK - 1) * 1000;
    carryOutWaits(at().party);
    expect([version(), waits()]).toEqual([1, 1]);
    custody.clock.ahead = LOCK * 1000;
    carryOutWaits(at().party);
    expect([version(), waits()]).toEqual([2, 0]);
  });

  test('never takes effect once somebody said no', () => {
    takeNo(at().party, custody.organisation.say('cora', 'reject', bundle.intent));
    custody.clock.ahead = LOCK * 1000;
    carryOutWaits(at().party);
    expect([version(), waits()]).toEqual([1, 0]);
  });

  test('is forgotten once its statements are too old', () => {
    custody.clock.ahead = 3600 * 1000;
    carryOutWaits(at().party);
    expect([version(), waits()]).toEqual([1, 0]);
  });

  test('stays through what passes: an old copy of the records decides and forgets nothing', () => {
    at().party.peers.behind = 'custody';
    custody.clock.ahead = LOCK * 1000;
    carryOutWaits(at().party);
    expect([version(), waits()]).toEqual([1, 1]);
  });

  test('of a policy stays while everything is frozen, and takes effect after the release', async () => {
    const { client, party } = at();
    const { organisation } = custody;
    const loosening = organisation.bundle(looserPolicyIntent(organisation.policy));
    expect(await adopt(client, loosening)).toMatchObject({ refusal: 'time-lock-running' });
    const freeze = freezeIntent();
    must(await adopt(client, alone(organisation, freeze)));
    custody.clock.ahead = LOCK * 1000;
    carryOutWaits(party);
    expect(party.trust?.policy.version).toBe(1);
    must(await adopt(client, releaseOf(organisation, freeze.operation)));
    carryOutWaits(party);
    expect(party.trust?.policy.version).toBe(2);
  });
});
