/**
 * Cheating in oblivious transfer destroys the pair at once and for the epoch; nothing else does. In file
 * order: each test goes on from the one before.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEADER } from '../dkls/sign/header.ts';
import { SIGN_MESSAGE } from '../dkls/sign/messages.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { setUpPairs } from '../client/pair-setup.ts';
import { partyStatus } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { flippedAt, reboxed } from '../testing/boxes.ts';
import { must, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { keyRefreshIntent, segwitKey } from '../testing/organisation.ts';
import { tampered } from '../testing/tampering.ts';
import { newWithdrawal, openCustodyOf } from '../testing/withdraw.ts';
import { rpc } from '../wire/rpc.ts';
import { latestAudit } from './store/audit.ts';

let custody: LocalCustody;
let vault: Vault;

beforeAll(async () => {
  ({ custody, vault } = await openCustodyOf(segwitKey));
}, 120_000);
afterAll(() => custody.remove());

const work = () => newWithdrawal(segwitKey, custody, vault);

type Place = 0 | 1 | 2;
const signBy = async (...places: Place[]): Promise<string> => {
  const clients = places.map((place) => custody.parties[place].client);
  const answer = await signTransaction({ clients, ...work() });
  return answer.ok ? 'signed' : `${answer.party}: ${answer.refusal} ${answer.culprit ?? ''}`;
};

/** Custody changes what is inside its message to control at this method. */
const cheat = async (path: string, change: (plain: Uint8Array) => Uint8Array): Promise<string> => {
  const [receiver, sender] = [custody.parties[0].party, custody.parties[1].party];
  const clients = tampered(
    custody.parties.slice(0, 2).map(({ client }) => client),
    'custody',
    (message) =>
      message.path === path
        ? [reboxed({ sender, receiver }, message.sent, change)]
        : [message.sent],
  );
  const answer = await signTransaction({ clients, ...work() });
  return answer.ok ? 'signed' : `${answer.party}: ${answer.refusal} ${answer.culprit ?? ''}`;
};

const pairsAt = async (place: Place): Promise<Record<string, string>> => {
  const [key] = must(await partyStatus(custody.parties[place].client)).keys;
  return Object.fromEntries((key?.pairs ?? []).map(({ peer, state }) => [peer, state]));
};

const refresh = async (epoch: number): Promise<void> => {
  const clients = custody.parties.map(({ client }) => client);
  must(await runKeyRefresh(clients, custody.organisation.bundle(keyRefreshIntent(epoch))));
};

const secretsAt = (place: Place): number =>
  custody.parties[place].party.database.all('select 1 from pairs where sealed is not null').length;

test('a pair that two sides hold differently is set up again, as nothing rests on it', async () => {
  const { database } = custody.parties[1].party;
  database.run('delete from pairs where peer = ?', 'control');
  expect(await signBy(0, 1)).toMatch(/: pair-missing $/);
  const clients = custody.parties.map(({ client }) => client);
  must(await setUpPairs(clients, 'key-warm-1'));
  expect(await pairsAt(1)).toMatchObject({ control: 'set-up' });
  expect(await signBy(0, 1)).toBe('signed');
});

test.each([
  ['the header of round 1', rpc.signMultiply.path, 3, 'dkls-session-foreign'],
  ['the pair named in round 1', rpc.signMultiply.path, HEADER - 1, 'dkls-pair-foreign'],
  ['the commitment of round 1', rpc.signMultiply.path, HEADER, 'dkls-nonce-unopened'],
  ['the echo of round 2', rpc.signShare.path, HEADER, 'dkls-echo-differs'],
])('a change in %s is refused by name and bans nobody', async (_what, path, at, refusal) => {
  const culprit = refusal === 'dkls-echo-differs' ? '' : 'custody';
  expect(await cheat(path, flippedAt(at))).toBe(`control: ${refusal} ${culprit}`);
  expect(await pairsAt(0)).toMatchObject({ custody: 'used' });
  expect(await pairsAt(1)).toMatchObject({ control: 'used' });
});

const columns = HEADER + 32;
/** Last byte of the first correction, behind echo, nonce, blind and key share. */
const correction = HEADER + 32 + 33 + 32 + 33 + 31;

/** The points of both products change places in the first part. */
const swapped = (plain: Uint8Array): Uint8Array => {
  const end = SIGN_MESSAGE[2] - 32;
  const [one, other] = [plain.subarray(end - 66, end - 33), plain.subarray(end - 33, end)];
  const rest = [plain.subarray(0, end - 66), other, one, plain.subarray(end)];
  return new Uint8Array(Buffer.concat(rest));
};

test.each([
  [
    1,
    'a column of the oblivious transfer',
    rpc.signMultiply.path,
    flippedAt(columns),
    'dkls-transfer-inconsistent',
  ],
  [2, 'the multiplication', rpc.signShare.path, flippedAt(correction), 'dkls-product-inconsistent'],
  [3, 'what was multiplied', rpc.signShare.path, swapped, 'dkls-input-inconsistent'],
] as const)(
  'epoch %i: a change in %s destroys the pair at whoever finds it, until the next epoch',
  async (epoch, _what, path, change, refusal) => {
    const { party } = custody.parties[0];
    expect(await cheat(path, change)).toBe(`control: ${refusal} custody`);
    expect(await pairsAt(0)).toMatchObject({ custody: 'banned', recovery: 'set-up' });
    expect(secretsAt(0)).toBe(1);
    expect([...party.pairs.keys()].filter((name) => name.endsWith(' custody'))).toEqual([]);
    const events = latestAudit(party.database, 5).filter(({ event }) => event === 'pair-banned');
    expect(events).toMatchObject([{ refusal, operation: expect.any(String) }]);
    // Neither signing nor another set-up, also where custody would.
    expect(await signBy(0, 1)).toBe('control: pair-banned custody');
    const again = { key: 'key-warm-1', peer: 'custody' };
    expect(await custody.parties[0].client.call(rpc.pairBegin, again)).toMatchObject({
      refusal: 'pair-banned',
    });
    const clients = custody.parties.map(({ client }) => client);
    expect(await setUpPairs(clients, 'key-warm-1')).toMatchObject({ ok: false });
    await refresh(epoch);
    expect(await pairsAt(0)).toEqual({ custody: 'set-up', recovery: 'set-up' });
    expect(secretsAt(0)).toBe(2);
    expect(await signBy(0, 1)).toBe('signed');
  },
  60_000,
);

test('a party that can not write a ban down signs nothing more, so that none is forgotten', async () => {
  const { party } = custody.parties[0];
  party.database.run(
    `create temp trigger full before insert on pairs begin select raise(abort, 'full'); end`,
  );
  const changed = cheat(rpc.signMultiply.path, flippedAt(columns)).catch(() => 'nothing');
  expect(await changed).not.toBe('signed');
  expect(() => party.database.all('select 1 from pairs')).toThrow('not open');
  await expect(signBy(0, 1).catch(() => 'nothing')).resolves.not.toBe('signed');
});
