/** One exchange with one peer: how far are you, how far did you see me, and what do I miss? */
import { randomBytes } from 'node:crypto';
import { toHex } from '../wire/encoding.ts';
import { headsAnswer, sameMark, type HeadsAnswer } from '../wire/peer-heads.ts';
import { furthestOf } from './furthest.ts';
import { ownHeads } from './own-heads.ts';
import type { Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { findPeer, peersInForce, type Peer } from './peer-entries.ts';
import { speakerOf } from './peer-heads.ts';
import { hasNews } from './peer-news.ts';
import { hearSpends } from './peer-spends.ts';
import { readDecrees } from './read-decrees.ts';
import { takeAnswer } from './take-word.ts';
import { isProof, takeOwnMark } from './take-own-mark.ts';
import { takeDecrees } from './take-decrees.ts';

export const HEADS_PATH = '/peer/heads';

/** `more` where the peer still has something that was not looked at. */
export type Asked = 'done' | 'more' | 'failed';

function readAnswer(party: Party, peer: Peer, nonce: string, value: unknown): HeadsAnswer | null {
  const { trust } = party;
  const parsed = headsAnswer.safeParse(value);
  if (!trust || !parsed.success) return null;
  const { heads } = parsed.data;
  const found = speakerOf(party, trust, heads);
  const isAnswer =
    'peer' in found &&
    found.peer.name === peer.name &&
    heads.heads.exchange.is === 'answer' &&
    heads.heads.exchange.nonce === nonce &&
    isProof(party, trust, peer, parsed.data);
  return isAnswer ? parsed.data : null;
}

/**
 * The all-clear after a start: some peer's word fits, and every peer was asked once, so that one in
 * hostile hands can't give it while another, that knows better, is there to be asked.
 */
function endOpening(party: Party, name: string): void {
  const { peers } = party;
  peers.unasked ??= new Set(peersInForce(party).map((peer) => peer.name));
  peers.unasked.delete(name);
  if (peers.heard || !peers.wasTold || peers.unasked.size > 0) return;
  peers.heard = true;
  party.log('peers-heard');
}

/**
 * @param signal once it is aborted, nothing of this party is touched any more.
 * @throws StoreError when the party's own store is not as it left it.
 */
export async function askPeer(
  party: Party,
  name: string,
  post: PeerPost,
  signal: AbortSignal,
): Promise<Asked> {
  const { trust, peers } = party;
  const peer = findPeer(party, name);
  if (!trust || !peer) return 'failed';
  const before = {
    furthest: furthestOf(party, peer)?.heads.audit ?? null,
    word: peers.words.get(name),
  };
  const acknowledged = peers.acknowledged.get(name) ?? null;
  const nonce = toHex(randomBytes(32));
  const heads = ownHeads(party, trust, name, { is: 'question', nonce });
  const reply = await post(HEADS_PATH, { heads });
  if (signal.aborted) return 'failed';
  const answer = reply.ok ? readAnswer(party, peer, nonce, reply.value) : null;
  if (!answer) {
    if (reply.ok) party.log('peer-answer-dropped', { peer: name });
    endOpening(party, name);
    return 'failed';
  }
  takeAnswer(party, peer, answer.heads, before);
  takeOwnMark(party, peer, answer);
  // Before the all-clear: a party that starts moves no share by its own counts alone.
  const hasHeard = await hearSpends(party, peer, answer.heads, post, signal);
  if (signal.aborted) return 'failed';
  endOpening(party, name);
  if (peers.behind !== null) return 'done';
  takeDecrees(party);
  if (hasNews(party, peer, answer.heads)) {
    if (!(await readDecrees(party, peer, answer.heads, post, signal))) return 'failed';
    if (hasNews(party, peer, answer.heads)) return 'more';
  }
  // Now that it is known what the peer has on record, it can be told how far this party is.
  const isUntold = !sameMark(acknowledged, peers.acknowledged.get(name) ?? null);
  const seen = answer.yours?.heads.audit.length ?? 0;
  if (isUntold && seen < heads.heads.audit.length) return 'more';
  return hasHeard ? 'done' : 'failed';
}
