/** The taken party invents what it let leave. Nobody can prove it wrong; all it can do is make less leave. */
import { z } from 'zod';
import { HEADS_PATH } from '../../party/ask-peer.ts';
import { ownFacts } from '../../party/own-facts.ts';
import type { PeerPost } from '../../party/peer-channel.ts';
import { SPENDS_PATH } from '../../party/peer-spends.ts';
import { lastSpend } from '../../party/store/spends.ts';
import { headsAnswer, signHeads } from '../../wire/peer-heads.ts';
import {
  signedSpendsQuestion,
  signSpends,
  type PeerSpend,
  type SpendsPage,
} from '../../wire/peer-spends.ts';
import { askAbout, postTo } from '../peer-talk.ts';
import { begin, letControlGive, newWork } from './taken-sessions.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';

const askedSpends = z.object({ question: signedSpendsQuestion });

type Told = Omit<PeerSpend, 'amount' | 'at'> & { amount: unknown; at: unknown };

/** Answers control with counts of its own making. */
function telling(world: TakenWorld, spends: readonly Told[]): PeerPost {
  const { party } = world.taken;
  const upTo = lastSpend(party.database) + 1_000_000;
  return async (path, body) => {
    if (path === SPENDS_PATH) {
      const { question } = askedSpends.parse(body).question;
      if (!party.trust) throw new Error('It has pinned a genesis.');
      const page = {
        type: 'countersign/peer-spends/v1',
        party: TAKEN,
        to: 'control',
        genesisDigest: party.trust.genesisDigest,
        nonce: question.nonce,
        upTo,
        spends,
      };
      return { ok: true, value: signSpends(party.identity, page as unknown as SpendsPage) };
    }
    const reply = await postTo(party)(path, body);
    if (!reply.ok || path !== HEADS_PATH) return reply;
    const answer = headsAnswer.parse(reply.value);
    const heads = signHeads(party.identity, { ...answer.heads.heads, spends: upTo });
    return { ok: true, value: { ...answer, heads } };
  };
}

/** As when it is out of the roster, or switched off while the honest party starts anew. */
function forgetTold({ control }: TakenWorld): void {
  control.party.peers.spends.delete(TAKEN);
  control.party.peers.spendCursors.delete(TAKEN);
}

/** What control counts in the day before a further withdrawal. */
function counted(world: TakenWorld): bigint {
  const { party } = world.control;
  if (!party.trust) throw new Error('It has pinned a genesis.');
  const { spent } = ownFacts(party, newWork(world).bundle, [party.trust.policy]).party;
  return spent.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

const inventing = (
  name: string,
  says: TakenAttack['says'],
  changes: { amount: unknown; at?: unknown; isGenuine?: true },
): TakenAttack => ({
  name: `in what it let leave, ${name}`,
  says,
  hasGenuinePart: true,
  strike: async (world) => {
    const work = newWork(world);
    await letControlGive(world, work);
    const before = counted(world);
    const intent = changes.isGenuine ? work.bundle.intent : world.withdrawal();
    if (intent.kind !== 'withdrawal') throw new Error('kind');
    const spend: Told = {
      operation: intent.operation,
      asset: intent.asset,
      amount: changes.amount,
      vault: intent.vault,
      client: intent.client,
      destination: intent.destination.id,
      at: changes.at ?? new Date(Date.now() + world.custody.clock.ahead).toISOString(),
    };
    const asked = await askAbout(world.control.party, TAKEN, telling(world, [spend]));
    const after = counted(world);
    const moved = after === before ? 'counts the same' : after > before ? 'counts more' : 'less';
    const refused = said(await begin(world.control, newWork(world)));
    forgetTold(world);
    return [asked, moved, refused, said(await begin(world.control, newWork(world)))];
  },
});

const dropped = ['failed', 'counts the same', 'agreed', 'agreed'];
const heard = ['done', 'counts the same', 'agreed', 'agreed'];
const stops = ['done', 'counts more', 'cap-exceeded', 'agreed'];

export const attacksOnCounts: readonly TakenAttack[] = [
  inventing('more than a day allows', stops, { amount: '500000000000' }),
  inventing('more than a day allows, of a year far off', stops, {
    amount: '500000000000',
    at: '9999-01-01T00:00:00.000Z',
  }),
  inventing('less than the other counts itself', heard, { amount: '1', isGenuine: true }),
  inventing('nothing for what the other signed', heard, { amount: '0', isGenuine: true }),
  inventing('what the other signed, of a day long over', heard, {
    amount: '1500000',
    at: '2020-01-01T00:00:00.000Z',
    isGenuine: true,
  }),
  inventing('what the other signed, of a year far off', heard, {
    amount: '1500000',
    at: '9999-01-01T00:00:00.000Z',
    isGenuine: true,
  }),
  inventing('less than nothing', dropped, { amount: '-500000000000' }),
  inventing('no number', dropped, { amount: 'NaN' }),
  inventing('a number with an exponent', dropped, { amount: '5e11' }),
  inventing('a number where a text belongs', dropped, { amount: 1_500_000 }),
  inventing('a text of a million digits', dropped, { amount: '9'.repeat(1_000_000) }),
  inventing('no instant', dropped, { amount: '1', at: 'tomorrow' }),
];
