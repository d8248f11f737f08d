/** A change that reaches one party in the last moment in which it counts, when no other one can follow. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { adopt } from '../client/party-client.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { rosterChangeIntent } from '../testing/organisation.ts';
import { talk } from '../testing/peer-talk.ts';
import { alone, freezeIntent } from '../testing/stops.ts';
import type { Party } from './party.ts';
import { standingFreezes } from './store/stops.ts';

/** How long the statements here count, in milliseconds. */
const LIFETIME = 3_600_000;

let custody: LocalCustody;
let change: OperationBundle;
beforeEach(() => {
  custody = openLocalCustody();
  change = custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster));
});
afterEach(() => custody.remove());

const all = (): Party[] => custody.parties.map(({ party }) => party);
const offer = async (bundle: OperationBundle): Promise<string> => {
  const adopted = await adopt(custody.parties[0].client, bundle);
  return adopted.ok ? 'adopted' : adopted.refusal;
};
const versions = () => all().map(({ trust }) => trust?.roster.version);
/** Puts every clock so many milliseconds before the end of what people stated. */
const before = (ms: number): void => {
  const [first] = change.statements;
  custody.clock.ahead = Date.parse(first?.statement.expiresAt ?? '') - ms - Date.now();
};

test('is taken by none, so that it parts nobody', async () => {
  before(10_000);
  expect(await offer(change)).toBe('no-time-to-follow');
  before(-10_000);
  await talk(...all());
  expect(versions()).toEqual([1, 1, 1]);
});

test('is taken while the others can still follow, and by them until it ends', async () => {
  before(30_000);
  expect(await offer(change)).toBe('adopted');
  before(10_000);
  await talk(...all());
  expect(versions()).toEqual([2, 2, 2]);
});

test('is taken at once where it stops something', async () => {
  const freeze = freezeIntent();
  custody.clock.ahead = 10 * LIFETIME;
  expect(await offer(alone(custody.organisation, freeze))).toBe('adopted');
  for (const party of all().slice(0, 1))
    expect(standingFreezes(party.database, party.kek)).toHaveLength(1);
});
