/** Payments out of vaults that sign with ECDSA: a key, its pairs, and signatures of two parties. */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import { setUpPairs } from '../client/pair-setup.ts';
import { partyStatus, type PartyClient } from '../client/party-client.ts';
import { signTransaction, type SigningRound } from '../client/sign-transaction.ts';
import { HEADER } from '../dkls/sign/header.ts';
import { SIGN_MESSAGE } from '../dkls/sign/messages.ts';
import { accountOf, bitcoinWithdrawal, CLIENT } from '../testing/bitcoin.ts';
import { flippedAt, reboxed } from '../testing/boxes.ts';
import { must, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { segwitKey } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import { freshPayment, openCustodyOf } from '../testing/withdraw.ts';
import { rpc } from '../wire/rpc.ts';
import type { EcdsaStep } from './ecdsa-run.ts';
import { pairsOf } from './pairs.ts';
import { keysOf } from './party.ts';
import { closeSession } from './signing-session.ts';
import { latestAudit } from './store/audit.ts';

let custody: LocalCustody;
let vault: Vault;
const steps = new Map<string, number>();

beforeAll(async () => {
  ({ custody, vault } = await openCustodyOf(segwitKey, {
    onPair: ({ pair }) => void steps.set(pair.join(), (steps.get(pair.join()) ?? 0) + 1),
  }));
}, 120_000);
afterAll(() => custody.remove());

const quorum = (...places: number[]): PartyClient[] =>
  places.flatMap((place) => custody.parties[place]?.client ?? []);
const own = () => accountOf(vault.publicKey, CLIENT, 'p2wpkh');

const work = (transaction = freshPayment(segwitKey, vault)) => ({
  bundle: custody.organisation.bundle(bitcoinWithdrawal(vault.destination)),
  transaction,
});

const statesAt = (place: 0 | 1 | 2): Record<string, string> => {
  const { party } = custody.parties[place];
  const [record] = keysOf(party);
  if (!record) throw new Error('missing');
  return Object.fromEntries(pairsOf(party, record).map(({ peer, state }) => [peer, state]));
};

test('a key ceremony ends with every pair set up, both sides alike, in five steps each', async () => {
  expect([...steps]).toEqual([
    ['control,custody', 5],
    ['control,recovery', 5],
    ['custody,recovery', 5],
  ]);
  const ids = new Map<string, number>();
  for (const { client } of custody.parties) {
    const [key] = must(await partyStatus(client)).keys;
    expect(key?.pairs).toMatchObject([{ state: 'set-up' }, { state: 'set-up' }]);
    for (const { id } of key?.pairs ?? []) ids.set(id, (ids.get(id) ?? 0) + 1);
  }
  expect([...ids.values()]).toEqual([2, 2, 2]);
});

test('a P2WPKH payment is signed by two parties in one session, 65 bytes for each input, and the same when asked again', async () => {
  const { bundle, transaction } = work();
  const clients = quorum(0, 1);
  const rounds: SigningRound[] = [];
  const onRound = (round: SigningRound) => void rounds.push(round);
  const signed = must(await signTransaction({ clients, bundle, transaction, onRound }));
  expect(rounds).toEqual(['begin', 'extend', 'multiply', 'share', 'finish']);
  expect(signed.publicKey).toBe(vault.publicKey);
  expect(transaction.parts.length).toBeGreaterThan(1);
  expect(signed.signatures.map(({ length }) => length)).toEqual(transaction.parts.map(() => 65));
  expect(() => assemble(transaction.message, own(), signed.signatures)).not.toThrow();
  const again = must(await signTransaction({ clients, bundle, transaction }));
  expect(again.signatures).toEqual(signed.signatures);
  expect(statesAt(0)).toEqual({ custody: 'used', recovery: 'set-up' });
  expect(statesAt(1)).toEqual({ control: 'used', recovery: 'set-up' });
});

test('setting up again leaves pairs that are there, and a used one can’t be set up again', async () => {
  let asked = 0;
  must(await setUpPairs(quorum(0, 1, 2), 'key-warm-1', { onPair: () => void (asked += 1) }));
  expect(asked).toBe(0);
  const [control] = quorum(0);
  expect(await control?.call(rpc.pairBegin, { key: 'key-warm-1', peer: 'custody' })).toMatchObject({
    refusal: 'pair-used',
  });
  expect(await control?.call(rpc.pairBegin, { key: 'key-warm-1', peer: 'control' })).toMatchObject({
    refusal: 'pair-unfit',
  });
});

describe('with one party in hostile hands', () => {
  const identity = () => custody.parties[1].party.identity;
  const attack = async (tamper: Tamper): Promise<string> => {
    const { bundle, transaction } = work();
    const clients = tampered(quorum(0, 1), 'custody', tamper);
    const answer = await signTransaction({ clients, bundle, transaction });
    return answer.ok ? 'signed' : `${answer.refusal}: ${answer.culprit ?? ''}`;
  };

  test.each<[string, string, Record<string, unknown>, string]>([
    [
      'another pair',
      rpc.signExtend.path,
      { pairs: [{ peer: 'control', id: '00'.repeat(32) }] },
      'pair-differs: ',
    ],
    ['other trust', rpc.signExtend.path, { trust: '00'.repeat(32) }, 'trust-heads-differ: custody'],
    [
      'a nonce of its own for one receiver',
      rpc.signExtend.path,
      { nonce: '00'.repeat(32) },
      'envelope-foreign-ceremony: ',
    ],
    [
      'a share that is not its own',
      rpc.signFinish.path,
      { shares: Array.from({ length: 2 }, () => '00'.repeat(131)) },
      'dkls-session-foreign: custody',
    ],
    [
      'a share too few',
      rpc.signFinish.path,
      { shares: ['00'.repeat(131)] },
      'parts-differ: custody',
    ],
  ])('%s makes no signature, and bans nobody', async (_what, path, payload, refusal) => {
    const change: Tamper = ({ path: at, sent }) =>
      at === path ? [resealed(identity(), sent, { payload })] : [sent];
    expect(await attack(change)).toBe(refusal);
    expect(statesAt(0)).toMatchObject({ custody: 'used' });
    expect(statesAt(1)).toMatchObject({ control: 'used' });
  });

  test.each([rpc.signMultiply.path, rpc.signShare.path])(
    'a box at %s that does not open names it, and bans nobody',
    async (path) => {
      const payload = { box: 'A'.repeat(64) };
      const change: Tamper = ({ path: at, sent }) =>
        at === path ? [resealed(identity(), sent, { payload })] : [sent];
      expect(await attack(change)).toBe('envelope-unreadable: custody');
      expect(statesAt(0)).toMatchObject({ custody: 'used' });
    },
  );

  test('messages of an earlier session are refused and change nothing: the session still signs', async () => {
    const kept = new Map<string, unknown>();
    const keep: Tamper = ({ path, receiver, sent }) => {
      kept.set(`${path} ${receiver}`, sent);
      return [sent];
    };
    expect(await attack(keep)).toBe('signed');
    for (const path of [rpc.signExtend, rpc.signMultiply, rpc.signShare, rpc.signFinish]) {
      const replay: Tamper = (message) =>
        message.path === path.path
          ? [kept.get(`${message.path} ${message.receiver}`)]
          : [message.sent];
      expect(await attack(replay)).toMatch(/^envelope-foreign-ceremony/);
    }
    expect(statesAt(0)).toMatchObject({ custody: 'used' });
    expect(await attack(({ sent }) => [sent])).toBe('signed');
  });
});

describe('while a party reads and works on what came', () => {
  type During = (of: { call: () => Promise<unknown>; before: EcdsaStep | null }) => unknown;
  const session = () => [...custody.parties[0].party.sessions.values()].at(-1);
  /** Control's client, with something beside every call of one method. */
  const beside = (path: string, during: During) =>
    quorum(0, 1).map((client): PartyClient => {
      if (client.name !== 'control') return client;
      return {
        ...client,
        call: async (method, request) => {
          const before = session()?.ecdsa ?? null;
          const call = () => client.call(method, request);
          const answering = call();
          if (method.path === path) await during({ call, before });
          return answering;
        },
      };
    });

  test.each([rpc.signMultiply.path, rpc.signShare.path])(
    'the same at %s a second time is refused, and the signature is made all the same',
    async (path) => {
      const answers: unknown[] = [];
      const clients = beside(path, async ({ call }) => answers.push(await call()));
      must(await signTransaction({ ...work(), clients }));
      expect(answers).toMatchObject([{ ok: false, refusal: 'session-out-of-step' }]);
    },
  );

  test.each([rpc.signMultiply.path, rpc.signShare.path])(
    'a session that is closed meanwhile at %s gives nothing away, and keeps no secret',
    async (path) => {
      const at: unknown[] = [];
      const secrets: { isGone: boolean }[] = [];
      const clients = beside(path, ({ before }) => {
        const open = session();
        at.push(open?.ecdsa?.step);
        if (before && 'states' in before) secrets.push(...before.states);
        if (open) closeSession(custody.parties[0].party, open);
      });
      expect(await signTransaction({ ...work(), clients })).toMatchObject({
        party: 'control',
        refusal: 'session-unknown',
      });
      // Whoever asks begins anew a few times.
      expect(new Set(at)).toEqual(new Set(['busy']));
      expect(secrets).toHaveLength(at.length * 2);
      expect(secrets.every(({ isGone }) => isGone)).toBe(true);
    },
  );

  test.each([rpc.signMultiply.path, rpc.signShare.path])(
    'a box at %s that does not open is no refusal of a session that was closed meanwhile',
    async (path) => {
      const { party } = custody.parties[0];
      const before = latestAudit(party.database, 1_000).length;
      const { identity } = custody.parties[1].party;
      const payload = { box: 'A'.repeat(64) };
      const change: Tamper = ({ path: at, sent }) =>
        at === path ? [resealed(identity, sent, { payload })] : [sent];
      // Every step takes longer than a turn, so that others are answered after each.
      let elapsed = 0;
      const slow = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 10));
      const clients = beside(path, () => {
        const open = session();
        if (open) closeSession(party, open);
      });
      const hostile = tampered(clients, 'custody', change);
      const answer = await signTransaction({ ...work(), clients: hostile });
      slow.mockRestore();
      expect(answer).toMatchObject({ party: 'control', refusal: 'session-unknown' });
      const noted = latestAudit(party.database, 1_000).length - before;
      const events = latestAudit(party.database, 1_000).slice(0, noted);
      expect(events.filter(({ event }) => event === 'refused')).toEqual([]);
    },
  );

  test.each([
    [rpc.signMultiply.path, SIGN_MESSAGE[1] + 3],
    [rpc.signShare.path, SIGN_MESSAGE[2] + HEADER],
  ])(
    'what is wrong in a message at %s is no refusal of a session that was closed while it was worked on',
    async (path, at) => {
      const [receiver, sender] = [custody.parties[0].party, custody.parties[1].party];
      const before = latestAudit(receiver.database, 1_000).length;
      // In the second part, which comes a turn after the first.
      const change: Tamper = (message) =>
        message.path === path
          ? [reboxed({ sender, receiver }, message.sent, flippedAt(at))]
          : [message.sent];
      let elapsed = 0;
      const slow = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 10));
      let closed = 0;
      const clients = beside(path, async ({ before: waiting }) => {
        const open = session();
        if (!open || !waiting || !('states' in waiting)) return;
        while (!waiting.states[0]?.isGone) await setImmediate();
        closeSession(receiver, open);
        closed += 1;
      });
      const hostile = tampered(clients, 'custody', change);
      const answer = await signTransaction({ ...work(), clients: hostile });
      slow.mockRestore();
      expect(closed).toBeGreaterThan(0);
      expect(answer).toMatchObject({ party: 'control', refusal: 'session-unknown' });
      const noted = latestAudit(receiver.database, 1_000).length - before;
      const events = latestAudit(receiver.database, 1_000).slice(0, noted);
      expect(events.filter(({ event }) => event === 'refused')).toEqual([]);
    },
  );

  test.each(['notAfter', 'decidedAt'] as const)(
    'a session whose own share can’t leave is closed, and keeps no secret of the last round: %s',
    async (unreadable) => {
      const { party } = custody.parties[0];
      const closed: NonNullable<ReturnType<typeof session>>[] = [];
      const clients = beside(rpc.signShare.path, () => {
        const open = session();
        if (!open) return;
        closed.push(open);
        // One is looked at before the share leaves, the other kept with what it is tied to.
        Object.defineProperty(open, unreadable, {
          enumerable: true,
          get: () => {
            throw new Error('unreadable');
          },
        });
      });
      await expect(signTransaction({ ...work(), clients })).rejects.toThrow('unreadable');
      expect(closed).toHaveLength(1);
      const [{ handle, ecdsa, released } = {}] = closed;
      expect(party.sessions.has(handle ?? '')).toBe(false);
      expect(released).toBeNull();
      const states = ecdsa && 'states' in ecdsa ? ecdsa.states : [];
      expect(states.map(({ isGone }) => isGone)).toEqual([true, true]);
    },
  );

  test.each([rpc.signExtend.path, rpc.signMultiply.path])(
    'a session whose answer at %s can’t be made is closed, and keeps no secret',
    async (path) => {
      const { party } = custody.parties[0];
      const handles: string[] = [];
      const secrets: { isGone: boolean }[] = [];
      const clients = beside(path, ({ before }) => {
        const open = session();
        if (!open) return;
        handles.push(open.handle);
        if (before && 'states' in before) secrets.push(...before.states);
        // No key that anything can be sealed for.
        const quorum = open.quorum.map((member) => ({ ...member, exchangeKey: '' }));
        Object.assign(open, { quorum });
      });
      await expect(signTransaction({ ...work(), clients })).rejects.toThrow();
      expect(handles.length).toBeGreaterThan(0);
      expect(handles.some((handle) => party.sessions.has(handle))).toBe(false);
      expect(secrets.every(({ isGone }) => isGone)).toBe(true);
    },
  );

  test.each([rpc.signMultiply.path, rpc.signShare.path])(
    'what does not open at %s is forgotten, and the right message is still taken',
    async (path) => {
      const { identity } = custody.parties[1].party;
      const [control, other] = quorum(0, 1);
      if (!control || !other) throw new Error('missing');
      const refused: unknown[] = [];
      const call: PartyClient['call'] = async (method, request) => {
        if (method.path === path) {
          const change: Tamper = ({ sent }) => [resealed(identity, sent, { header: { epoch: 2 } })];
          const [wrong] = tampered([control], 'custody', change);
          refused.push(await wrong?.call(method, request));
        }
        return control.call(method, request);
      };
      must(await signTransaction({ ...work(), clients: [{ ...control, call }, other] }));
      expect(refused).toMatchObject([{ ok: false, refusal: 'envelope-wrong-epoch' }]);
    },
  );
});
