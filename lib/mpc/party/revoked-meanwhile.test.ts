/** A key is revoked at one party in the moment in which the others take over another version of the roster. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { adopt } from '../client/party-client.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { rosterChangeIntent } from '../testing/organisation.ts';
import { talk } from '../testing/peer-talk.ts';
import { alone, revocationIntent } from '../testing/stops.ts';
import type { Party } from './party.ts';
import { differingPeers } from './peers.ts';
import { standingOf } from './standing.ts';
import { revokedCredentials } from './store/stops.ts';

const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;

let custody: LocalCustody;
beforeEach(() => {
  custody = openLocalCustody();
});
afterEach(() => custody.remove());

const all = (): Party[] => custody.parties.map(({ party }) => party);
const offer = async (place: 0 | 1 | 2, bundle: OperationBundle): Promise<string> => {
  const adopted = await adopt(custody.parties[place].client, bundle);
  return adopted.ok ? 'adopted' : adopted.refusal;
};
/** The next version, which knows nothing of the revocation, and the revocation. */
const both = () => ({
  change: custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster)),
  revocation: alone(custody.organisation, revocationIntent(custody.organisation, 'remy'), 'cora'),
});

test('all hold both, whichever reached a party first, and the key stays revoked', async () => {
  const { change, revocation } = both();
  expect(await offer(CONTROL, revocation)).toBe('adopted');
  expect(await offer(CONTROL, change)).toBe('roster-credential-revived');
  for (const place of [CUSTODY, RECOVERY] as const)
    expect(await offer(place, change)).toBe('adopted');
  await talk(...all());
  for (const party of all()) {
    expect(party.trust?.roster.version).toBe(2);
    expect(revokedCredentials(party.database, party.kek)).toEqual([
      custody.organisation.keys.remy.credentialId,
    ]);
  }
  expect(new Set(all().map((party) => standingOf(party))).size).toBe(1);
  expect(all().flatMap((party) => differingPeers(party))).toEqual([]);
});

test('the word of one other party is not enough', async () => {
  const { change, revocation } = both();
  expect(await offer(CONTROL, revocation)).toBe('adopted');
  expect(await offer(CUSTODY, change)).toBe('adopted');
  await talk(...custody.parties.slice(0, 2).map(({ party }) => party));
  expect(custody.parties[CONTROL].party.trust?.roster.version).toBe(1);
});

test('a key that was revoked well before the others took the version over keeps it out', async () => {
  const { change, revocation } = both();
  expect(await offer(CONTROL, revocation)).toBe('adopted');
  custody.clock.ahead += 120_000;
  for (const place of [CUSTODY, RECOVERY] as const)
    expect(await offer(place, change)).toBe('adopted');
  await talk(...all());
  expect(custody.parties[CONTROL].party.trust?.roster.version).toBe(1);
});
