/** A pair is set up with one side in hostile hands: refused by name, never banned, and set up the next time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUpPairs } from '../client/pair-setup.ts';
import { partyStatus } from '../client/party-client.ts';
import { flippedAt, reboxed } from '../testing/boxes.ts';
import { must } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { segwitKey } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import { openCustodyOf } from '../testing/withdraw.ts';
import { rpc } from '../wire/rpc.ts';

const KEY = 'key-warm-1';
/** Behind kind, sender, recipient and id. */
const FIELDS = 35;

let custody: LocalCustody;
beforeAll(async () => {
  ({ custody } = await openCustodyOf(segwitKey));
}, 120_000);
afterAll(() => custody.remove());

const stateAt = async (place: 0 | 1): Promise<string | undefined> => {
  const [key] = must(await partyStatus(custody.parties[place].client)).keys;
  const peer = place === 0 ? 'custody' : 'control';
  return key?.pairs?.find((pair) => pair.peer === peer)?.state;
};

/** Custody changes what it sends to control while the pair of both is set up again. */
async function attack(change: Tamper): Promise<string> {
  custody.parties[0].party.database.run('delete from pairs where peer = ?', 'custody');
  const clients = custody.parties.map(({ client }) => client);
  const outcome = await setUpPairs(tampered(clients, 'custody', change), KEY);
  return outcome.ok ? 'ready' : `${outcome.refusal}: ${outcome.culprit ?? ''}`;
}

const inside =
  (path: string, change: (plain: Uint8Array) => Uint8Array): Tamper =>
  (message) => {
    const [{ party: receiver }, { party: sender }] = custody.parties;
    const isIt = message.path === path && message.receiver === 'control';
    return [isIt ? reboxed({ sender, receiver }, message.sent, change) : message.sent];
  };

test.each<[string, string, (plain: Uint8Array) => Uint8Array, RegExp]>([
  [
    'a message of another pair',
    rpc.pairExchange.path,
    flippedAt(3),
    /^dkls-session-foreign: custody$/,
  ],
  [
    'a nonce for one side alone',
    rpc.pairExchange.path,
    flippedAt(FIELDS),
    /^dkls-session-foreign: /,
  ],
  [
    'another commitment',
    rpc.pairExchange.path,
    flippedAt(FIELDS + 32),
    /^dkls-seed-unopened: custody$/,
  ],
  [
    'another half of the seed',
    rpc.pairAnswer.path,
    flippedAt(FIELDS),
    /^dkls-seed-unopened: custody$/,
  ],
  [
    'what is no point',
    rpc.pairAnswer.path,
    (plain) => plain.with(FIELDS + 32, 0xff),
    /^dkls-message-malformed: custody$/,
  ],
  [
    'a message too short',
    rpc.pairFinish.path,
    (plain) => plain.slice(1),
    /^dkls-message-malformed: custody$/,
  ],
])(
  '%s is refused and bans nobody',
  async (_what, path, change, refusal) => {
    expect(await attack(inside(path, change))).toMatch(refusal);
    expect([await stateAt(0), await stateAt(1)]).toEqual([undefined, 'set-up']);
    expect(custody.parties[0].party.pairSetUps.size).toBe(0);
  },
  60_000,
);

test('another pair’s id in the word of the end is refused, and the next set-up is kept by both', async () => {
  const { identity } = custody.parties[1].party;
  const id = '00'.repeat(32);
  const change: Tamper = ({ path, sent }) =>
    path === rpc.pairKeep.path ? [resealed(identity, sent, { payload: { id } })] : [sent];
  expect(await attack(change)).toBe('pair-differs: ');
  expect(await stateAt(0)).toBeUndefined();
  expect(await attack(({ sent }) => [sent])).toBe('ready');
  expect([await stateAt(0), await stateAt(1)]).toEqual(['set-up', 'set-up']);
}, 120_000);
