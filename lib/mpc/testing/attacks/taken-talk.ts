/** The taken party lies to the others about what it holds, and about what people said. */
import { intentDigest, type Intent } from '#lib/protocol/intent.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { SignedStatement } from '#lib/protocol/statement.ts';
import { adopt, handNo } from '../../client/party-client.ts';
import { answerHeads } from '../../party/answer-peer.ts';
import { HEADS_PATH } from '../../party/ask-peer.ts';
import { ownHeads } from '../../party/own-heads.ts';
import type { Party } from '../../party/party.ts';
import type { PeerPost } from '../../party/peer-channel.ts';
import { differingPeers } from '../../party/peers.ts';
import { DECREES_PATH } from '../../party/read-decrees.ts';
import { latestAudit } from '../../party/store/audit.ts';
import { lastDecree } from '../../party/store/decrees.ts';
import { standingFreezes } from '../../party/store/stops.ts';
import { signedPage, signPage, type PeerDecree } from '../../wire/peer-decrees.ts';
import {
  headsAnswer,
  signHeads,
  type HeadsAnswer,
  type SignedHeads,
} from '../../wire/peer-heads.ts';
import { signReceipt, type ReceiptDocument } from '../../wire/receipt.ts';
import { must, randomAddress } from '../custody.ts';
import { commonIntent, listingIntent, rosterChangeIntent } from '../organisation.ts';
import { askAbout, postTo, talk } from '../peer-talk.ts';
import { alone, freezeIntent, looserPolicyIntent, releaseOf, revocationIntent } from '../stops.ts';
import { forged } from './on-statements.ts';
import { begin, newWork, openBoth, share } from './taken-sessions.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';

type Adopted = ReceiptDocument['kind'];

const parties = ({ control, taken, third }: TakenWorld): Party[] =>
  [control, taken, third].map(({ party }) => party);

/** For once it says what is so, and everybody hears it. */
const talkFairly = (world: TakenWorld): Promise<void> => talk(...parties(world));

type Lie = {
  heads?: (answer: HeadsAnswer) => HeadsAnswer;
  /** What it says that it took over, at the end of what it did. */
  decrees?: readonly Omit<PeerDecree, 'seq'>[];
};

/** The taken party's answers to one that asks it, changed and signed anew. */
function lying(world: TakenWorld, asking: Party, { heads, decrees = [] }: Lie): PeerPost {
  const { identity, database } = world.taken.party;
  const first = Math.max(asking.peers.cursors.get(TAKEN) ?? 0, lastDecree(database)) + 1;
  const more = decrees.map((decree, place) => ({ ...decree, seq: first + place }));
  return async (path, body) => {
    const reply = await postTo(world.taken.party)(path, body);
    if (!reply.ok) return reply;
    if (path === HEADS_PATH) {
      const answer = headsAnswer.parse(reply.value);
      const told = { ...answer.heads.heads };
      if (more.length > 0) told.decrees = first + more.length - 1;
      const value = { ...answer, heads: signHeads(identity, told) };
      return { ok: true, value: heads ? heads(value) : value };
    }
    if (path !== DECREES_PATH) return reply;
    const { page, decrees: genuine, waits } = signedPage.parse(reply.value);
    return { ok: true, value: signPage(identity, page, { decrees: [...genuine, ...more], waits }) };
  };
}

const lieToControl = (world: TakenWorld, lie: Lie) =>
  askAbout(world.control.party, TAKEN, lying(world, world.control.party, lie));

/** Its own signed heads with something else in them. */
const heads =
  (world: TakenWorld, changes: Partial<SignedHeads['heads']>) =>
  (answer: HeadsAnswer): HeadsAnswer => ({
    ...answer,
    heads: signHeads(world.taken.party.identity, { ...answer.heads.heads, ...changes }),
  });

/** The taken party's word that it adopted something, in its own name or another's. */
export function receiptOf(
  world: TakenWorld,
  intent: Intent,
  party: string = TAKEN,
  adoptedAt = new Date(Date.now() - 1_000),
) {
  const { trust, identity } = world.taken.party;
  if (!trust) throw new Error('It has pinned a genesis.');
  return signReceipt(identity, {
    type: 'countersign/adoption-receipt/v1',
    party,
    genesisDigest: trust.genesisDigest,
    kind: intent.kind as Adopted,
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    adoptedAt: adoptedAt.toISOString(),
  });
}

/** Says in its own decrees that it took these statements over; an honest party reads on. */
export function tellControl(world: TakenWorld, bundle: OperationBundle) {
  const { intent } = bundle;
  const decree = {
    kind: intent.kind as Adopted,
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    attempt: 1,
    document: bundle,
    receipt: receiptOf(world, intent),
  };
  return lieToControl(world, { decrees: [decree] });
}

export const canSign = async (world: TakenWorld): Promise<string> =>
  said(await begin(world.control, newWork(world)));

/**
 * Says that it took something over which people did not state; an honest party that is handed it
 * refuses by name, and one that reads on in what the taken party tells goes on as before.
 */
const telling = (
  name: string,
  refusal: string,
  bundleOf: (world: TakenWorld) => OperationBundle,
): TakenAttack => ({
  name,
  says: [refusal, 'done', 'agreed'],
  hasGenuinePart: true,
  strike: async (world) => {
    const bundle = bundleOf(world);
    const receipt = receiptOf(world, bundle.intent);
    const handed = said(await adopt(world.control.client, bundle, [receipt]));
    return [handed, await tellControl(world, bundle), await canSign(world)];
  },
});

/** With a key of the attacker's under everything. */
const byForger = ({ intent, statements }: OperationBundle): OperationBundle => ({
  intent,
  statements: statements.map((signed) => forged(signed)),
});

const removalOf = (destination: string): Intent => ({
  ...commonIntent(),
  kind: 'destination-removal',
  destination,
  reasonCommitment: 'ab'.repeat(32),
});

/** Tells of a "no" that nobody said. */
const tellingNo = (
  name: string,
  refusal: string,
  noOf: (world: TakenWorld, intent: Intent) => SignedStatement,
): TakenAttack => ({
  name,
  says: [refusal, 'done', 'agreed'],
  hasGenuinePart: true,
  strike: async (world) => {
    const work = newWork(world);
    const { intent } = work.bundle;
    const no = noOf(world, intent);
    const handed = said(await handNo(world.control.client, no));
    const decree = {
      kind: 'no' as const,
      operation: intent.operation,
      intentDigest: intentDigest(intent),
      attempt: 1,
      document: no,
      receipt: null,
    };
    const read = await lieToControl(world, { decrees: [decree] });
    return [handed, read, said(await begin(world.control, work))];
  },
});

export const attacksByTalk: readonly TakenAttack[] = [
  {
    name: 'it keeps back a rejection, which the third party tells of',
    says: ['attempt-ended'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const no = world.custody.organisation.say('remy', 'reject', work.bundle.intent);
      must(await handNo(world.third.client, no));
      await lieToControl(world, {});
      await askAbout(world.control.party, 'recovery', postTo(world.third.party));
      return [said(await begin(world.control, work))];
    },
  },
  {
    name: 'it keeps back a rejection until the nonces are promised',
    says: ['session-unknown'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const both = await openBoth(world, work);
      const no = world.custody.organisation.say('remy', 'reject', work.bundle.intent);
      must(await handNo(world.third.client, no));
      await askAbout(world.control.party, 'recovery', postTo(world.third.party));
      return [said(await share(world.control, both.control, [both.taken.envelope]))];
    },
  },
  tellingNo('a rejection under a key of its own', 'credential-unknown', ({ custody }, intent) =>
    forged(custody.organisation.say('remy', 'reject', intent)),
  ),
  tellingNo('an approval turned into a rejection', 'challenge-mismatch', ({ custody }, intent) => {
    const { statement, assertion } = custody.organisation.say('adam', 'approve', intent);
    const reason = { code: 'other' as const, noteCommitment: '0'.repeat(64) };
    return { statement: { ...statement, decision: 'reject', reason }, assertion };
  }),
  telling('a freeze of everything that nobody made', 'credential-unknown', ({ custody }) =>
    byForger(alone(custody.organisation, freezeIntent())),
  ),
  telling('a revocation of the approver’s key that nobody made', 'credential-unknown', (world) => {
    const { organisation } = world.custody;
    return byForger(alone(organisation, revocationIntent(organisation, 'adam'), 'cora'));
  }),
  telling('a removal of a destination that nobody made', 'credential-unknown', (world) =>
    byForger(alone(world.custody.organisation, removalOf(world.vault.destination.id))),
  ),
  telling('a destination of the attacker’s, as listed', 'credential-unknown', ({ custody }) => {
    const destination = { id: 'of-the-attacker', address: randomAddress() };
    return byForger(custody.organisation.bundle(listingIntent(destination)));
  }),
  telling('a roster that only its raiser stated, as adopted', 'statements-incomplete', (world) => {
    const { organisation } = world.custody;
    const intent = rosterChangeIntent(organisation.roster);
    return { intent, statements: [organisation.say('raisa', 'raise', intent)] };
  }),
  {
    name: 'a looser policy as waited out, by its own word and one that it made up',
    says: ['time-lock-running', 'time-lock-running', 'receipt-invalid', 'time-lock-running'],
    strike: async (world) => {
      const { organisation } = world.custody;
      const intent = looserPolicyIntent(organisation.policy);
      const bundle = organisation.bundle(intent);
      const own = receiptOf(world, intent);
      const madeUp = receiptOf(world, intent, 'recovery');
      const handed: string[] = [];
      for (const receipts of [[own], [own, own], [own, madeUp]])
        handed.push(said(await adopt(world.control.client, bundle, receipts)));
      return [...handed, said(await adopt(world.third.client, bundle, [own]))];
    },
  },
  {
    name: 'to one it says that it holds something else, to the other the same',
    says: ['peer-heads-differ', 'custody', ''],
    strike: async (world) => {
      await talkFairly(world);
      await lieToControl(world, { heads: heads(world, { standing: 'ab'.repeat(32) }) });
      const answers = [
        said(await begin(world.control, newWork(world))),
        differingPeers(world.control.party).join(),
        differingPeers(world.third.party).join(),
      ];
      await talkFairly(world);
      return answers;
    },
  },
  {
    name: 'a record that goes less far than the one it showed before',
    says: ['peer-heads-differ', 'peer-set-back: custody'],
    strike: async (world) => {
      await talkFairly(world);
      const audit = { length: 1, head: 'ab'.repeat(32) };
      await lieToControl(world, { heads: heads(world, { audit }) });
      const refused = said(await begin(world.control, newWork(world)));
      const noted = latestAudit(world.control.party.database, 5).find(
        ({ event }) => event === 'peer-set-back',
      );
      await talkFairly(world);
      return [refused, `${noted?.event}: ${noted?.refusal}`];
    },
  },
  {
    name: 'that the other’s own record was once longer',
    says: ['failed', 'nobody', 'agreed'],
    hasGenuinePart: true,
    strike: async (world) => {
      await talkFairly(world);
      const { identity } = world.taken.party;
      const longer = (answer: HeadsAnswer): HeadsAnswer => {
        if (!answer.yours) throw new Error('It has seen the other.');
        const audit = { length: 99_999, head: 'ab'.repeat(32) };
        const exchange = { ...answer.heads.heads.exchange, seen: audit };
        return {
          heads: heads(world, { exchange })(answer).heads,
          yours: signHeads(identity, { ...answer.yours.heads, audit }),
        };
      };
      const asked = await lieToControl(world, { heads: longer });
      const { behind } = world.control.party.peers;
      return [asked, behind ?? 'nobody', await canSign(world)];
    },
  },
  {
    name: 'how far the third party has come, in its name',
    says: ['failed', 'peer-unauthentic'],
    strike: async (world) => {
      const { control, taken, third } = world;
      const post = lying(world, control.party, { heads: heads(world, { party: 'recovery' }) });
      const asked = await askAbout(control.party, 'recovery', post);
      const { trust } = third.party;
      if (!trust) throw new Error('It has pinned a genesis.');
      const nonce = '0'.repeat(64);
      const genuine = ownHeads(third.party, trust, 'control', { is: 'question', nonce });
      const given = answerHeads(control.party, {
        heads: signHeads(taken.party.identity, genuine.heads),
      });
      return [asked, given.ok ? 'answered' : given.refusal];
    },
  },
];

/** Everything is frozen from the first of these on. */
export const attacksOnAFreeze: readonly TakenAttack[] = [
  {
    name: 'it keeps back a freeze, which the third party tells of',
    says: ['everything-frozen'],
    hasGenuinePart: true,
    strike: async (world) => {
      const freeze = alone(world.custody.organisation, freezeIntent());
      must(await adopt(world.third.client, freeze));
      await lieToControl(world, {});
      await askAbout(world.control.party, 'recovery', postTo(world.third.party));
      return [await canSign(world)];
    },
  },
  {
    name: 'a release under keys of its own',
    says: ['credential-unknown', 'everything-frozen'],
    strike: async (world) => {
      const release = byForger(releaseOf(world.custody.organisation, frozenBy(world)));
      const receipt = receiptOf(world, release.intent);
      const handed = said(await adopt(world.control.client, release, [receipt]));
      await tellControl(world, release);
      return [handed, await canSign(world)];
    },
  },
  {
    name: 'a release that lacks one person, as adopted by itself',
    says: ['statements-incomplete', 'everything-frozen'],
    strike: async (world) => {
      const whole = releaseOf(world.custody.organisation, frozenBy(world));
      const short = { ...whole, statements: whole.statements.filter((_, place) => place !== 1) };
      const receipt = receiptOf(world, whole.intent);
      const handed = said(await adopt(world.control.client, short, [receipt]));
      return [handed, await canSign(world)];
    },
  },
];

/** The freeze that stands at the honest signer. */
export function frozenBy({ control }: TakenWorld): string {
  const [freeze] = standingFreezes(control.party.database, control.party.kek);
  if (!freeze) throw new Error('Nothing is frozen.');
  return freeze.operation;
}
