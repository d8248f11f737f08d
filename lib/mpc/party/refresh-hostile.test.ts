import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runKeyRefresh } from '../client/key-refresh.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { refreshCommitment } from '../frost/refresh-transcript.ts';
import { suiteOf } from '../frost/suite.ts';
import { badPoints } from '../frost/testing/suites.ts';
import { must, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { everyKey, keyRefreshIntent } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import { newWithdrawal, openCustodyOf } from '../testing/withdraw.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { sealPrivate } from '../wire/private-payload.ts';
import { refreshPromise } from '../wire/refresh-payloads.ts';
import { keysOf } from './party.ts';
const paths = {
  promise: keyLifeRpc.refreshReveal.path,
  package: keyLifeRpc.refreshDeal.path,
  share: keyLifeRpc.refreshFinish.path,
  echo: keyLifeRpc.refreshProve.path,
  proof: keyLifeRpc.refreshConfirm.path,
  confirmation: keyLifeRpc.refreshActivate.path,
  word: keyLifeRpc.refreshErase.path,
} as const;
type What = keyof typeof paths;

const HOSTILE = 'recovery';

describe.each(everyKey)('%s: a key refresh with one party in hostile hands', (_curve, kind) => {
  const suite = suiteOf(kind.suite);
  const { commitTo, pointHex, scalarBytes } = suite.arithmetic;
  let custody: LocalCustody;
  let vault: Vault;
  let epoch = 1;

  beforeAll(async () => {
    ({ custody, vault } = await openCustodyOf(kind));
  });
  afterAll(() => custody.remove());
  const clients = () => custody.parties.map(({ client }) => client);
  const honest = () => custody.parties.slice(0, 2);
  const identity = () => custody.parties[2].party.identity;
  const newBundle = () => custody.organisation.bundle(keyRefreshIntent(epoch));
  const refresh = (with_: readonly PartyClient[] = clients(), bundle = newBundle()) =>
    runKeyRefresh(with_, bundle);
  const held = () =>
    honest().map(({ party }) => keysOf(party).map((record) => `${record.epoch} ${record.state}`));
  async function sign(): Promise<string> {
    const work = newWithdrawal(kind, custody, vault);
    const signed = await signTransaction({ clients: clients().slice(0, 2), ...work });
    return signed.ok ? 'signed' : signed.refusal;
  }
  /** Changes one kind of message, the rest passes. */
  const changing =
    (what: What, change: (sent: SignedEnvelope, receiver: string) => readonly unknown[]): Tamper =>
    ({ path, receiver, sent }) =>
      path === paths[what] ? change(sent, receiver) : [sent];
  const payloadOf = (what: What, payload: Record<string, unknown>): Tamper =>
    changing(what, (sent) => [resealed(identity(), sent, { payload })]);
  const attack = (tamper: Tamper, bundle = newBundle()) =>
    refresh(tampered(clients(), HOSTILE, tamper), bundle);
  /** Nothing of it is left, and the vault signs. */
  async function endsWell(): Promise<void> {
    expect(held()).toEqual([[`${epoch} usable`], [`${epoch} usable`]]);
    expect(await sign()).toBe('signed');
  }
  const beforeTheEnd: What[] = ['promise', 'package', 'share', 'echo', 'proof'];
  test.each(beforeTheEnd)('that withholds its %s is named, and the epoch stays', async (what) => {
    const silent = changing(what, () => []);
    expect(await attack(silent)).toMatchObject({
      refusal: 'envelope-missing',
      culprit: HOSTILE,
    });
    await endsWell();
  });
  test.each(beforeTheEnd)('that says nonsense for its %s is named', async (what) => {
    const nonsense = changing(what, (sent) => [
      resealed(identity(), sent, { payload: { more: 'x' } }),
    ]);
    expect(await attack(nonsense)).toMatchObject({
      refusal: 'envelope-malformed',
      culprit: HOSTILE,
    });
    await endsWell();
  });
  test.each(beforeTheEnd)(
    'a %s that it did not sign, or that is of elsewhere, is dropped, and the fair one still counts',
    async (what) => {
      const asked = new Map<string, string[]>();
      const stranger = custody.parties[0].party.identity;
      const wrong = (sent: SignedEnvelope): unknown[] => [
        { ...sent, signature: '00'.repeat(64) },
        resealed(stranger, sent, {}),
        resealed(identity(), sent, { header: { epoch: epoch + 5 } }),
        resealed(identity(), sent, { header: { key: 'key-other' } }),
        resealed(identity(), sent, { header: { ceremony: 'ab'.repeat(32) } }),
        resealed(identity(), sent, { header: { round: 9, seq: 9 } }),
        resealed(identity(), sent, { header: { to: 'elsewhere' } }),
        resealed(identity(), sent, { header: { from: 'nobody' } }),
        { ...sent, more: 1 },
        'garbage',
      ];
      const victim = clients()[0];
      if (!victim) throw new Error('missing');
      const patient: PartyClient = {
        ...victim,
        call: async (method, request) => {
          if (method.path !== paths[what]) return victim.call(method, request);
          const { envelopes, ...rest } = request as { envelopes: SignedEnvelope[] };
          const theirs = envelopes.find(({ envelope }) => envelope.from === HOSTILE);
          const others = envelopes.filter((one) => one !== theirs);
          if (!theirs) throw new Error('missing');
          const refusals: string[] = [];
          for (const bad of wrong(theirs)) {
            const answer = await victim.call(method, {
              ...rest,
              envelopes: [...others, bad],
            } as typeof request);
            refusals.push(answer.ok ? 'taken' : answer.refusal);
          }
          const twice = { ...rest, envelopes: [...others, theirs, theirs] } as typeof request;
          const answer = await victim.call(method, twice);
          refusals.push(answer.ok ? 'taken' : answer.refusal);
          asked.set(what, refusals);
          return victim.call(method, request);
        },
      };
      must(await refresh([patient, ...clients().slice(1)]));
      epoch += 1;
      expect(asked.get(what)).toEqual([
        'envelope-unauthentic',
        'envelope-unauthentic',
        'envelope-wrong-epoch',
        'envelope-foreign-key',
        'envelope-foreign-ceremony',
        'envelope-wrong-round',
        'envelope-misaddressed',
        'envelope-foreign-sender',
        'envelope-malformed',
        'envelope-malformed',
        'envelope-duplicate',
      ]);
    },
  );
  test('that promises under two nonces splits the refresh, which ends', async () => {
    const two = changing('promise', (sent, receiver) => [
      resealed(identity(), sent, {
        payload: { nonce: (receiver === 'control' ? '1' : '2').repeat(64) },
      }),
    ]);
    expect(await attack(two)).toMatchObject({ refusal: 'envelope-foreign-ceremony' });
    await endsWell();
  });
  test('that shows another package than it promised is named', async () => {
    const other = pointHex(commitTo(7n));
    expect(await attack(payloadOf('package', { coefficients: [other] }))).toMatchObject({
      refusal: 'refresh-commitment-broken',
      culprit: HOSTILE,
    });
    await endsWell();
  });
  test('that promises one package to one party and another to the next is named by whom it fooled', async () => {
    const two = changing('promise', (sent, receiver) =>
      receiver === 'control'
        ? [sent]
        : [resealed(identity(), sent, { payload: { commitment: 'cd'.repeat(32) } })],
    );
    expect(await attack(two)).toMatchObject({
      refusal: 'refresh-commitment-broken',
      culprit: HOSTILE,
      party: 'custody',
    });
    await endsWell();
  });
  /** Promises and shows these coefficients, to the receivers that the function is for. */
  function showing(coefficients: string[], isFor: (receiver: string) => boolean): Tamper {
    return ({ path, receiver, sent }) => {
      if (!isFor(receiver)) return [sent];
      if (path === paths.package)
        return [resealed(identity(), sent, { payload: { coefficients } })];
      if (path !== paths.promise) return [sent];
      const { nonce } = refreshPromise.parse(sent.envelope.payload);
      const commitment = refreshCommitment(sent.envelope.ceremony, HOSTILE, nonce, {
        coefficients,
      });
      return [resealed(identity(), sent, { payload: { commitment } })];
    };
  }

  const point = pointHex(commitTo(7n));
  // What has another length or is no hexadecimal has not the form of a message.
  const bad = badPoints(suite).filter(([, hex]) =>
    new RegExp(`^[0-9a-f]{${2 * suite.pointBytes}}$`).test(hex),
  );
  const badCoefficients = bad.map(([what, hex]): [string, string[]] => [`of ${what}`, [hex]]);
  test.each<[string, string[]]>([['of higher degree', [point, point]], ...badCoefficients])(
    'that promises and shows a polynomial %s is named',
    async (_, coefficients) => {
      expect(await attack(showing(coefficients, () => true))).toMatchObject({
        refusal: 'refresh-commitment-unsound',
        culprit: HOSTILE,
      });
      await endsWell();
    },
  );

  /** A share of seven times x, sealed for the receiver. */
  function shareOfSeven(sent: SignedEnvelope, receiver: string): SignedEnvelope {
    const { payload: _, ...header } = sent.envelope;
    const member = keysOf(custody.parties[0].party)[0]?.members.find(
      ({ name }) => name === receiver,
    );
    if (!member) throw new Error('missing');
    const share = scalarBytes(7n * BigInt(member.index));
    const payload = sealPrivate(member.exchangeKey, header, share);
    return resealed(identity(), sent, { payload });
  }

  test('that tells each party another story that fits by itself is caught by the echo', async () => {
    const isFor = (receiver: string): boolean => receiver === 'custody';
    const story = showing([point], isFor);
    const twoStories: Tamper = (message) => {
      const { path, receiver, sent } = message;
      return path === paths.share && isFor(receiver)
        ? [shareOfSeven(sent, receiver)]
        : story(message);
    };
    expect(await attack(twoStories)).toMatchObject({ refusal: 'refresh-equivocation' });
    await endsWell();
  });

  test.each([
    ['has confirmed last', { prepared: 'ab'.repeat(32) }],
    ['has set aside', { setAside: ['ab'.repeat(32)] }],
  ])('that says different things about what it %s is caught by the echo', async (_, payload) => {
    const two = changing('promise', (sent, receiver) =>
      receiver === 'control' ? [sent] : [resealed(identity(), sent, { payload })],
    );
    expect(await attack(two)).toMatchObject({ refusal: 'refresh-equivocation' });
    await endsWell();
  });

  test.each([
    [
      'does not fit',
      'refresh-share-invalid',
      (sent: SignedEnvelope, to: string) => shareOfSeven(sent, to),
    ],
    [
      'can not be opened',
      'envelope-unreadable',
      (sent: SignedEnvelope) =>
        resealed(identity(), sent, { payload: { ephemeral: '09'.repeat(32) } }),
    ],
    [
      'has another length',
      'envelope-unreadable',
      (sent: SignedEnvelope, to: string) => sealedBytes(sent, to, new Uint8Array(31).fill(1)),
    ],
    [
      'is no scalar',
      'refresh-share-invalid',
      (sent: SignedEnvelope, to: string) => sealedBytes(sent, to, new Uint8Array(32).fill(255)),
    ],
    [
      'is zero',
      'refresh-share-invalid',
      (sent: SignedEnvelope, to: string) => sealedBytes(sent, to, new Uint8Array(32)),
    ],
  ])('whose share %s is named', async (_, refusal, bad) => {
    const tamper = changing('share', (sent, receiver) => [bad(sent, receiver)]);
    expect(await attack(tamper)).toMatchObject({ refusal, culprit: HOSTILE });
    await endsWell();
  });

  function sealedBytes(sent: SignedEnvelope, receiver: string, bytes: Uint8Array): SignedEnvelope {
    const { payload: _, ...header } = sent.envelope;
    const to = custody.parties.find(({ party }) => party.config.name === receiver);
    if (!to) throw new Error('missing');
    const payload = sealPrivate(to.party.identity.exchangeKey, header, bytes);
    return resealed(identity(), sent, { payload });
  }

  test('that echoes something else stops it at the others', async () => {
    expect(await attack(payloadOf('echo', { transcript: 'ab'.repeat(32) }))).toMatchObject({
      refusal: 'refresh-equivocation',
    });
    await endsWell();
  });

  test.each(bad)('whose nonce commitment is %s is named', async (_, hiding) => {
    expect(await attack(payloadOf('echo', { hiding }))).toMatchObject({
      refusal: 'commitment-invalid',
      culprit: HOSTILE,
    });
    await endsWell();
  });

  test('that shows each party other nonces gets nobody else blamed', async () => {
    const two = changing('echo', (sent, receiver) =>
      receiver === 'control'
        ? [sent]
        : [resealed(identity(), sent, { payload: { hiding: point } })],
    );
    expect(await attack(two)).toMatchObject({
      refusal: 'envelope-foreign-ceremony',
      culprit: null,
    });
    await endsWell();
  });

  test('whose new share does not sign is named, and nobody stores the epoch', async () => {
    const share = Buffer.from(scalarBytes(5n)).toString('hex');
    expect(await attack(payloadOf('proof', { share }))).toMatchObject({
      refusal: 'refresh-proof-invalid',
      culprit: HOSTILE,
    });
    await endsWell();
  });

  test('that confirms something else is named; what all had confirmed is finished all the same', async () => {
    const bundle = newBundle();
    const other = payloadOf('confirmation', { transcript: 'ab'.repeat(32) });
    expect(await attack(other, bundle)).toMatchObject({
      refusal: 'refresh-equivocation',
      culprit: HOSTILE,
    });
    expect(held()).toEqual([0, 1].map(() => [`${epoch} usable`, `${epoch + 1} prepared`]));
    expect(await sign()).toBe('signed');
    must(await refresh(clients(), bundle));
    epoch += 1;
    await endsWell();
  });

  test('that shows its confirmation to one party only parts them for as long as nobody passes it on', async () => {
    const bundle = newBundle();
    const toOne = changing('confirmation', (sent, receiver) =>
      receiver === 'control' ? [sent] : [],
    );
    expect(await attack(toOne, bundle)).toMatchObject({
      refusal: 'envelope-missing',
      culprit: HOSTILE,
    });
    expect(held()).toEqual([
      [`${epoch} retiring`, `${epoch + 1} usable`],
      [`${epoch} usable`, `${epoch + 1} prepared`],
    ]);
    expect(await sign()).toBe('envelope-wrong-epoch');
    // The hostile party is gone; the one that has all confirmations passes them on.
    const [control, other] = clients() as [PartyClient, PartyClient];
    const gone: PartyClient = {
      ...control,
      name: HOSTILE,
      call: async () => ({ ok: false, refusal: 'party-timeout', party: HOSTILE, culprit: null }),
    };
    expect(await refresh([control, other, gone], bundle)).toMatchObject({
      refusal: 'party-timeout',
    });
    expect(await sign()).toBe('signed');
    must(await refresh(clients(), bundle));
    epoch += 1;
    await endsWell();
  });

  test.each([
    ['withholds its last word', changing('word', () => []), 'envelope-missing'],
    [
      'says something else last',
      changing('word', (sent) => [
        resealed(custody.parties[2].party.identity, sent, {
          payload: { transcript: 'ab'.repeat(32) },
        }),
      ]),
      'refresh-equivocation',
    ],
  ])('that %s is named, and keeps only the erasure from happening', async (_, tamper, refusal) => {
    const bundle = newBundle();
    expect(await attack(tamper, bundle)).toMatchObject({ refusal, culprit: HOSTILE });
    expect(held()).toEqual([0, 1].map(() => [`${epoch} retiring`, `${epoch + 1} usable`]));
    expect(await sign()).toBe('signed');
    must(await refresh(clients(), bundle));
    epoch += 1;
    await endsWell();
  });

  test('that is fair for once does not keep the others from a refresh after all of that', async () => {
    expect(must(await refresh()).publicKey).toBe(vault.publicKey);
    epoch += 1;
    await endsWell();
  });
});
