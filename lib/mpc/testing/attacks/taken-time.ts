/** The taken party lets time work for it: by saying nothing for a while, or by a clock of its own. */
import { randomBytes } from 'node:crypto';
import { adopt } from '../../client/party-client.ts';
import { answerHeads, answerDecrees } from '../../party/answer-peer.ts';
import { ownHeads } from '../../party/own-heads.ts';
import type { Party } from '../../party/party.ts';
import { answerSpends } from '../../party/peer-spends.ts';
import { agrees } from '../../party/peers.ts';
import { SESSIONS_MAX } from '../../party/signing-session.ts';
import { toHex } from '../../wire/encoding.ts';
import { signQuestion } from '../../wire/peer-decrees.ts';
import { signSpendsQuestion } from '../../wire/peer-spends.ts';
import { looserPolicyIntent } from '../stops.ts';
import { askAbout, postTo } from '../peer-talk.ts';
import {
  begin,
  finish,
  letControlGive,
  newWork,
  open,
  openBoth,
  secondRound,
  share,
} from './taken-sessions.ts';
import { receiptOf } from './taken-talk.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';

/** Longer than a signing session is kept, in milliseconds. */
const SILENCE = 61_000;
const DAY = 86_400_000;

/** Lets time pass for everybody, and afterwards turns it back for what is played next. */
async function after<T>({ custody }: TakenWorld, ms: number, work: () => Promise<T>): Promise<T> {
  custody.clock.ahead += ms;
  try {
    return await work();
  } finally {
    custody.clock.ahead -= ms;
  }
}

/** The same work, with words of sources that are fresh again. */
const afresh = (world: TakenWorld, { bundle, raw }: ReturnType<typeof newWork>) => ({
  bundle: { ...bundle, facts: world.facts() },
  raw,
});

const silences: readonly TakenAttack[] = [
  {
    // Its promise is its own affair; that the honest party's nonces are fresh is looked at after each.
    name: 'it says nothing until the session is over, then gives its promise to the old one and twice to a fresh one',
    says: ['session-unknown', 'agreed', 'session-out-of-step'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const old = await openBoth(world, work);
      return after(world, SILENCE, async () => {
        const late = said(await share(world.control, old.control, [old.taken.envelope]));
        const fresh = await openBoth(world, afresh(world, work));
        const first = said(await share(world.control, fresh.control, [old.taken.envelope]));
        return [
          late,
          first,
          said(await share(world.control, fresh.control, [fresh.taken.envelope])),
        ];
      });
    },
  },
  {
    name: 'it takes a share and says nothing, then gives its own to a fresh session',
    says: ['session-unknown', 'envelope-foreign-ceremony', 'transaction-does-not-conflict'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const given = await letControlGive(world, work);
      const late = secondRound(world, given, `01${'00'.repeat(31)}`);
      return after(world, SILENCE, async () => {
        const over = said(await finish(world.control, given.control, [late]));
        const again = await letControlGive(world, afresh(world, work));
        const old = said(await finish(world.control, again.control, [late]));
        const other = newWork(world, world.withdrawal(), afresh(world, work).bundle);
        return [over, old, said(await begin(world.control, other))];
      });
    },
  },
  {
    name: 'it has the other begin again and again, and answers none: only the newest is left',
    says: ['session-unknown', 'agreed'],
    hasGenuinePart: true,
    strike: async (world) => {
      const work = newWork(world);
      const old = await openBoth(world, work);
      for (let times = 0; times < 3; times += 1) await open(world.control, work);
      const newest = await open(world.control, work);
      const early = said(await share(world.control, old.control, [old.taken.envelope]));
      return [early, said(await share(world.control, newest, [old.taken.envelope]))];
    },
  },
  {
    name: 'it fills all places with transactions of one operation and answers none, until they are over',
    says: ['too-many-sessions', 'agreed'],
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const bundle = world.stated(intent);
      const beginAnother = () => begin(world.control, newWork(world, intent, bundle));
      let last = said(await beginAnother());
      for (let times = 0; times < SESSIONS_MAX && last === 'agreed'; times += 1)
        last = said(await beginAnother());
      const later = await after(world, SILENCE, () => begin(world.control, newWork(world)));
      return [last, said(later)];
    },
  },
];

/** The taken party as it would be with its clock set otherwise. */
const withClock = ({ taken }: TakenWorld, off: number): Party => ({
  ...taken.party,
  now: () => new Date(taken.party.now().getTime() + off),
});

function questionsOf(world: TakenWorld, party: Party): string[] {
  const { trust } = party;
  if (!trust) throw new Error('It has pinned a genesis.');
  const of = {
    party: TAKEN,
    to: 'control',
    genesisDigest: trust.genesisDigest,
    nonce: toHex(randomBytes(32)),
    after: 0,
    clock: party.now().toISOString(),
  };
  const decrees = answerDecrees(world.control.party, {
    question: signQuestion(party.identity, {
      type: 'countersign/peer-decrees-question/v1',
      ...of,
      limit: 1,
    }),
  });
  const spends = answerSpends(world.control.party, {
    question: signSpendsQuestion(party.identity, {
      type: 'countersign/peer-spends-question/v1',
      ...of,
    }),
  });
  return [decrees, spends].map((given) => (given.ok ? 'answered' : given.refusal));
}

/** Whether control still hears the taken party's newest word after one that was dated otherwise. */
async function hearsAfter(world: TakenWorld, party: Party): Promise<string> {
  const { control, taken } = world;
  const { trust } = party;
  if (!trust) throw new Error('It has pinned a genesis.');
  const heads = ownHeads(party, trust, 'control', {
    is: 'question',
    nonce: toHex(randomBytes(32)),
  });
  answerHeads(control.party, { heads });
  await askAbout(control.party, TAKEN, postTo(party));
  const skew = control.party.peers.words.get(TAKEN)?.clockSkew ?? 0;
  await askAbout(control.party, TAKEN, postTo(taken.party));
  const now = control.party.peers.words.get(TAKEN)?.clockSkew ?? Number.NaN;
  const days = Math.round(skew / DAY);
  return `off by ${days}, then by ${Math.round(now / DAY)}: ${agrees(control.party, TAKEN) === true ? 'agrees' : 'differs'}`;
}

const clockOff = (name: string, off: number): TakenAttack => ({
  name: `its clock is a day ${name}`,
  says: [
    'peer-question-stale',
    'peer-question-stale',
    `off by ${off / DAY}, then by 0: agrees`,
    'time-lock-running',
    'agreed',
  ],
  hasGenuinePart: true,
  strike: async (world) => {
    const party = withClock(world, off);
    const asked = questionsOf(world, party);
    const heard = await hearsAfter(world, party);
    const { organisation } = world.custody;
    const looser = organisation.bundle(looserPolicyIntent(organisation.policy));
    const word = receiptOf(world, looser.intent, TAKEN, party.now());
    const taken = said(await adopt(world.control.client, looser, [word]));
    return [...asked, heard, taken, said(await begin(world.control, newWork(world)))];
  },
});

export const attacksByTime: readonly TakenAttack[] = [
  ...silences,
  clockOff('ahead', DAY),
  clockOff('behind', -DAY),
];
