/**
 * Whoever makes an operation chooses its id, and one person is enough for a stop. So a person with one
 * key can state a stop under an id that somebody else's operation has, and hand it to a party first.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { FreezeScope } from '#lib/protocol/stop-intents.ts';
import { adopt } from '../client/party-client.ts';
import { rpc } from '../wire/rpc.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { rosterChangeIntent, withdrawalIntent, type Name } from '../testing/organisation.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { talk } from '../testing/peer-talk.ts';
import {
  alone,
  freezeIntent,
  looserPolicyIntent,
  releaseOf,
  revocationIntent,
} from '../testing/stops.ts';
import { carryOutWaits } from './carry-out-waits.ts';
import { takeStop } from './origin/take-stop.ts';
import type { Party } from './party.ts';
import { differingPeers } from './peers.ts';
import { standingOf } from './standing.ts';
import { revokedCredentials, standingFreezes } from './store/stops.ts';
import { waitsOf } from './store/waits.ts';

/** Whose key was stolen. */
const THIEF: Name = 'remy';
const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
type Place = 0 | 1 | 2;

let custody: LocalCustody;
beforeEach(() => {
  custody = openLocalCustody();
});
afterEach(() => custody.remove());

const at = (place: Place): Party => custody.parties[place].party;
const all = (): Party[] => custody.parties.map(({ party }) => party);
const offer = async (place: Place, bundle: OperationBundle): Promise<string> => {
  const adopted = await adopt(custody.parties[place].client, bundle);
  return adopted.ok ? 'adopted' : adopted.refusal;
};
const nothing: FreezeScope = { what: 'asset', asset: 'NOTHING' };
/** A freeze of nothing under an id that is another operation's, at a party's own page. */
function borrow(place: Place, of: Intent): void {
  const { operation } = of;
  const intent: Intent = { ...freezeIntent(nothing), operation };
  const { statement, assertion } = custody.organisation.say(THIEF, 'raise', intent);
  expect(takeStop(at(place), { intent, statement, assertion })).toMatchObject({ ok: true });
}
const scopesAt = (party: Party): string[] =>
  standingFreezes(party.database, party.kek).map(({ scope }) => scope.what);
const standings = (): number => new Set(all().map((party) => standingOf(party))).size;

describe('a stop under the id of another operation', () => {
  test('keeps no freeze from reaching a party, whichever came first', async () => {
    const freeze = freezeIntent();
    borrow(CONTROL, freeze);
    borrow(CUSTODY, freeze);
    expect(await offer(RECOVERY, alone(custody.organisation, freeze, 'adam'))).toBe('adopted');
    await talk(...all());
    for (const party of all()) expect(scopesAt(party)).toContain('everything');
    expect(standings()).toBe(1);
  });

  test('is seen as a difference until everybody holds both', async () => {
    const freeze = freezeIntent();
    borrow(CONTROL, freeze);
    expect(await offer(RECOVERY, alone(custody.organisation, freeze, 'adam'))).toBe('adopted');
    expect(standingOf(at(CONTROL))).not.toBe(standingOf(at(RECOVERY)));
  });

  test('ends with the other when the id is released', async () => {
    const freeze = freezeIntent();
    borrow(CONTROL, freeze);
    expect(await offer(CONTROL, alone(custody.organisation, freeze, 'adam'))).toBe('adopted');
    await talk(...all());
    expect(await offer(CUSTODY, releaseOf(custody.organisation, freeze.operation))).toBe('adopted');
    await talk(...all());
    for (const party of all()) expect(scopesAt(party)).toEqual([]);
    expect(standings()).toBe(1);
  });

  test('keeps no revocation from reaching a party', async () => {
    const revocation = revocationIntent(custody.organisation, 'adam');
    borrow(CONTROL, revocation);
    borrow(CUSTODY, revocation);
    const revoked = alone(custody.organisation, revocation, 'cora');
    for (const place of [CONTROL, CUSTODY, RECOVERY] as const)
      expect(await offer(place, revoked)).toBe('adopted');
    for (const party of all())
      expect(revokedCredentials(party.database, party.kek)).toEqual([
        custody.organisation.keys.adam.credentialId,
      ]);
  });

  test('parts no honest parties by a change that it keeps from one of them', async () => {
    const change = rosterChangeIntent(custody.organisation.roster);
    borrow(CONTROL, change);
    const stated = custody.organisation.bundle(change);
    expect(await offer(CUSTODY, stated)).toBe('adopted');
    expect(await offer(RECOVERY, stated)).toBe('adopted');
    await talk(...all());
    expect(all().map(({ trust }) => trust?.roster.version)).toEqual([2, 2, 2]);
    expect(standings()).toBe(1);
    expect(all().flatMap((party) => differingPeers(party))).toEqual([]);
  });

  test('begins no wait anew', async () => {
    custody.remove();
    custody = openLocalCustody(undefined, undefined, { timeLockSeconds: 600 });
    const change = looserPolicyIntent(custody.organisation.policy);
    expect(await offer(CONTROL, custody.organisation.bundle(change))).toBe('time-lock-running');
    custody.clock.ahead += 500_000;
    borrow(CONTROL, change);
    expect(waitsOf(at(CONTROL).database, change.operation)).toHaveLength(1);
    custody.clock.ahead += 101_000;
    carryOutWaits(at(CONTROL));
    expect(at(CONTROL).trust?.policy.version).toBe(2);
  });

  test('ends no withdrawal of that id, under whatever attempt it is stated', async () => {
    const vault: Vault = await openLocalVault(custody);
    const intent = withdrawalIntent(vault.destination);
    const stop: Intent = { ...freezeIntent(nothing), operation: intent.operation };
    const late = custody.organisation.say(THIEF, 'raise', stop, { attempt: 100 });
    expect(await offer(CONTROL, { intent: stop, statements: [late] })).toBe('adopted');
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const asked = await custody.parties[CONTROL].client.call(rpc.signBegin, {
      bundle: custody.organisation.bundle(intent),
      transaction: { chain, message: encodeBase64url(message) },
      quorum: ['control', 'custody'],
    });
    expect(asked).toMatchObject({ ok: true });
  });
});
