/** One of the two signers is the attacker's: what it says to the other, and makes of what it hears. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { intentDigest } from '#lib/protocol/intent.ts';
import type { PartyClient } from '../../client/party-client.ts';
import { signTransaction } from '../../client/sign-transaction.ts';
import { aggregateShares, type CommitmentPair } from '../../frost/signing.ts';
import { channelCodeFor } from '../../party/channel-code.ts';
import { encodeBase64url } from '../../wire/encoding.ts';
import type { SignedEnvelope } from '../../wire/envelope.ts';
import { signingCommitment, signingShares } from '../../wire/payloads.ts';
import { rpc } from '../../wire/rpc.ts';
import { must, only, randomAddress, randomNonce, transferFor } from '../custody.ts';
import {
  begin,
  finish,
  letControlGive,
  newWork,
  open,
  openBoth,
  retold,
  secondRound,
  share,
  sharesOver,
  type Pair,
} from './taken-sessions.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';
import { proofScheme } from '../../frost/scheme.ts';
import { ed25519Suite } from '../../frost/suite.ts';

const { pointHex, pointOf } = ed25519Suite.arithmetic;

/** Its promise of nonces is not the one that belongs here; then comes the one that does. */
const promising = (
  name: string,
  says: readonly string[],
  change: (world: TakenWorld, both: Pair) => SignedEnvelope | Promise<SignedEnvelope>,
): TakenAttack => ({
  name,
  says,
  hasGenuinePart: true,
  strike: async (world) => {
    const both = await openBoth(world, newWork(world));
    const promise = await change(world, both);
    const first = said(await share(world.control, both.control, [promise]));
    return [first, said(await share(world.control, both.control, [both.taken.envelope]))];
  },
});

/** Nonces that the taken party does not know, made of those of the other: it has no share for them. */
const noncesOfTheOther = (
  name: string,
  change: (theirs: CommitmentPair) => CommitmentPair,
): TakenAttack => ({
  name,
  says: ['share-invalid: custody', 'session-unknown'],
  hasGenuinePart: true,
  strike: async (world) => {
    const given = await letControlGive(world, newWork(world), ({ control, taken }) => {
      const { commitments } = signingCommitment(ed25519Suite).parse(
        control.envelope.envelope.payload,
      );
      return retold(world, taken.envelope, {
        payload: { commitments: [change(only(commitments))] },
      });
    });
    const theirs = only(signingShares.parse(given.fromControl.envelope.payload).shares);
    const bad = secondRound(world, given, theirs);
    const named = said(await finish(world.control, given.control, [bad]));
    return [named, said(await finish(world.control, given.control, [bad]))];
  },
});

const negative = (hex: string): string => pointHex(pointOf(hex).negate());

/** Settles with the honest party what is called the signature of a transaction. */
const settle = (
  { control }: TakenWorld,
  { bundle, raw }: ReturnType<typeof newWork>,
  signature: Uint8Array,
) =>
  control.client.call(rpc.signSettle, {
    operation: bundle.intent.operation,
    message: encodeBase64url(raw.message),
    signatures: [Buffer.from(signature).toString('hex')],
  });

const byItself = (message: Uint8Array): Uint8Array =>
  sign(null, message, generateKeyPairSync('ed25519').privateKey);

export const attacksOnTheOtherSigner: readonly TakenAttack[] = [
  promising(
    'its promise for another transaction of the attacker’s',
    ['envelope-foreign-ceremony', 'agreed'],
    async (world) => (await open(world.taken, newWork(world))).envelope,
  ),
  promising(
    'its promise in the name of the party that is not asked',
    ['envelope-foreign-sender', 'agreed'],
    (world, { taken }) => retold(world, taken.envelope, { header: { from: 'recovery' } }),
  ),
  promising(
    'its promise in the name of the other signer',
    ['envelope-foreign-sender', 'agreed'],
    (world, { taken }) => retold(world, taken.envelope, { header: { from: 'control' } }),
  ),
  promising(
    'the other signer’s own promise, handed back',
    ['envelope-foreign-sender', 'agreed'],
    (_, { control }) => control.envelope,
  ),
  promising(
    'another roster, policy or freeze than the other holds',
    ['trust-heads-differ: custody', 'session-unknown'],
    (world, { taken }) => retold(world, taken.envelope, { payload: { trust: 'ab'.repeat(32) } }),
  ),
  promising(
    'nonces that are no points',
    ['commitment-invalid: custody', 'session-unknown'],
    (world, { taken }) =>
      retold(world, taken.envelope, {
        payload: { commitments: [{ hiding: '00'.repeat(32), binding: '00'.repeat(32) }] },
      }),
  ),
  promising(
    'a promise with more in it than one has',
    ['envelope-malformed: custody', 'agreed'],
    (world, { taken }) => retold(world, taken.envelope, { payload: { shares: ['00'.repeat(32)] } }),
  ),
  {
    name: 'it has the other begin with the third party, whom the rule does not ask, to speak for that one',
    says: ['signer-group-not-needed', 'signer-group-not-needed'],
    strike: async (world) => {
      const work = newWork(world);
      const names = ['control', 'recovery'];
      return [
        said(await begin(world.control, work, names)),
        // Nor with both.
        said(await begin(world.control, work, ['control', 'custody', 'recovery'])),
      ];
    },
  },
  noncesOfTheOther('nonces that cancel those of the other', ({ hiding, binding }) => ({
    hiding: negative(hiding),
    binding: negative(binding),
  })),
  noncesOfTheOther('the nonces of the other once more', (theirs) => theirs),
  {
    name: 'a share that does not fit',
    says: ['share-invalid: custody', 'session-unknown'],
    hasGenuinePart: true,
    strike: async (world) => {
      const given = await letControlGive(world, newWork(world));
      const bad = secondRound(world, given, `01${'00'.repeat(31)}`);
      const named = said(await finish(world.control, given.control, [bad]));
      return [named, said(await finish(world.control, given.control, [bad]))];
    },
  },
  {
    name: 'its share of an earlier session of the same transaction',
    says: ['envelope-foreign-ceremony'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const early = await openBoth(world, work);
      const { envelope } = must(await share(world.taken, early.taken, [early.control.envelope]));
      const given = await letControlGive(world, work);
      return [said(await finish(world.control, given.control, [envelope]))];
    },
  },
];

export const attacksWithAShare: readonly TakenAttack[] = [
  {
    name: 'the share it was given, turned on a transaction of the attacker’s',
    says: ['share-invalid'],
    hasGenuinePart: true,
    strike: async (world) => {
      const given = await letControlGive(world, newWork(world));
      const intent = world.withdrawal('1500000', {
        destination: { id: 'attacker', address: randomAddress() },
      });
      const { message } = transferFor(world.vault, intent, randomNonce());
      const made = aggregateShares({
        scheme: proofScheme(ed25519Suite),
        ...sharesOver(world, given, message),
      });
      return [made.ok ? 'a signature' : made.refusal];
    },
  },
  {
    name: 'a transaction that only its raiser stated, though it would sign itself',
    says: ['own-group-missing', 'session-unknown'],
    strike: async (world) => {
      const intent = world.withdrawal();
      const statements = [world.custody.organisation.say('raisa', 'raise', intent)];
      const work = newWork(world, intent, { intent, statements, facts: world.facts() });
      const first = said(await begin(world.control, work));
      const made = { session: 'ab'.repeat(32) } as Pair['control'];
      return [first, said(await share(world.control, made, []))];
    },
  },
  {
    name: 'a second transaction of an operation whose first signature it kept to itself',
    says: ['transaction-does-not-conflict'],
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const bundle = world.stated(intent);
      await letControlGive(world, newWork(world, intent, bundle));
      return [said(await begin(world.control, newWork(world, intent, bundle)))];
    },
  },
  {
    name: 'two transactions of one operation, begun before either was given a share',
    says: ['transaction-does-not-conflict'],
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const bundle = world.stated(intent);
      const one = await openBoth(world, newWork(world, intent, bundle));
      const other = await openBoth(world, newWork(world, intent, bundle));
      must(await share(world.control, one.control, [one.taken.envelope]));
      return [said(await share(world.control, other.control, [other.taken.envelope]))];
    },
  },
  {
    name: 'the third party, played off against the other with a needless statement of its group',
    says: ['own-group-not-needed', 'own-group-not-needed'],
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const bundle = world.stated(intent);
      await letControlGive(world, newWork(world, intent, bundle));
      const needless = world.custody.organisation.say('remy', 'cosign', intent);
      const more = { ...bundle, statements: [...bundle.statements, needless] };
      const names = [TAKEN, 'recovery'];
      const plain = said(await begin(world.third, newWork(world, intent, bundle), names));
      return [plain, said(await begin(world.third, newWork(world, intent, more), names))];
    },
  },
  {
    name: 'codes of the second channel that it made for everybody',
    says: ['channel-code-wrong'],
    strike: async (world) => {
      const intent = world.withdrawal('100000000000');
      const { organisation } = world.custody;
      const of = { operation: intent.operation, intentDigest: intentDigest(intent), attempt: 1 };
      const bundle = organisation.bundle(intent);
      const statements = bundle.statements.map(({ statement }, place) => {
        const { person, decision } = statement;
        const name = (['raisa', 'adam', 'cora'] as const)[place] ?? 'cora';
        const channelCode = channelCodeFor(world.taken.party.kek, { ...of, person });
        return organisation.say(name, decision, intent, { channelCode });
      });
      const work = newWork(world, intent, { ...bundle, statements, facts: world.facts() });
      return [said(await begin(world.control, work))];
    },
  },
  {
    name: 'a signature under a key of its own, to be kept as the final one',
    says: ['nothing-to-settle', 'final-signature-invalid'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const early = said(await settle(world, work, byItself(work.raw.message)));
      await letControlGive(world, work);
      return [early, said(await settle(world, work, byItself(work.raw.message)))];
    },
  },
  {
    name: 'a signature that it says exists already',
    says: ['party-answer-invalid by custody'],
    hasGenuinePart: true,
    strike: async (world) => {
      const { bundle, raw } = newWork(world);
      const lie = {
        state: 'signed',
        signatures: ['ab'.repeat(64)],
        publicKey: world.vault.publicKey,
      };
      const lying: PartyClient = {
        ...world.taken.client,
        call: (method, request) =>
          method.path === rpc.signBegin.path
            ? Promise.resolve({ ok: true, value: method.answer.parse(lie) })
            : world.taken.client.call(method, request),
      };
      const clients = [world.control.client, lying];
      const signed = await signTransaction({ clients, bundle, transaction: raw });
      return [signed.ok ? 'signed' : `${signed.refusal} by ${signed.party}`];
    },
  },
];
