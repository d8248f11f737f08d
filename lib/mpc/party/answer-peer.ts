/** What this party answers to others at its origin. Nothing here needs a person or the console. */
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import type { Refusal } from '../refusals.ts';
import {
  signPage,
  verifyQuestion,
  WAITS_MAX,
  type PeerDecree,
  type SignedPage,
  type SignedQuestion,
} from '../wire/peer-decrees.ts';
import type { HeadsAnswer, SignedHeads } from '../wire/peer-heads.ts';
import { receiptFor } from './adopt.ts';
import { furthestOf } from './furthest.ts';
import { ownHeads } from './own-heads.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import type { Peer } from './peer-entries.ts';
import { findSpeaker, isFresh, speakerOf } from './peer-heads.ts';
import { hasNews } from './peer-news.ts';
import { agrees } from './peers.ts';
import { decreesAfter, type Decree } from './store/decrees.ts';
import type { Trust } from './store/trust.ts';
import { takeQuestion } from './take-word.ts';
import { waitingChanges } from './waiting-changes.ts';

/** Most bytes of documents on a page, beyond the first. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Takes what a peer says about itself, and answers how far it was ever seen. */
export function answerHeads(
  party: Party,
  { heads: signed }: { heads: SignedHeads },
): Answer<HeadsAnswer> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const { exchange } = signed.heads;
  if (exchange.is !== 'question') return refuse('request-malformed');
  const found = speakerOf(party, trust, signed);
  if ('refusal' in found) return refuse(found.refusal);
  const { peer } = found;
  takeQuestion(party, peer, signed);
  if (agrees(party, peer.name) === null || hasNews(party, peer, signed)) party.peers.ask(peer.name);
  const yours = furthestOf(party, peer);
  const seen = yours?.heads.audit ?? null;
  const heads = ownHeads(party, trust, peer.name, { is: 'answer', nonce: exchange.nonce, seen });
  return answer({ heads, yours });
}

function toPeerDecree(party: Party, trust: Trust, decree: Decree): PeerDecree {
  const { adoptedAt, ...rest } = decree;
  const kind = adoptedKind.safeParse(decree.kind);
  if (!kind.success) return { ...rest, receipt: null };
  const { operation, intentDigest } = decree;
  const of = { kind: kind.data, operation, intentDigest };
  return { ...rest, receipt: receiptFor(party, trust, of, adoptedAt) };
}

/** One after the other, so that no more than a page is ever in memory; always the first one. */
function pageAfter(
  party: Party,
  trust: Trust,
  { after, limit }: { after: number; limit: number },
): { decrees: PeerDecree[]; room: number } {
  const decrees: PeerDecree[] = [];
  let [last, room] = [after, PAGE_BYTES];
  while (decrees.length < limit) {
    const [decree] = decreesAfter(party.database, last, 1);
    if (!decree) break;
    const told = toPeerDecree(party, trust, decree);
    room -= JSON.stringify(told).length;
    if (room < 0 && decrees.length > 0) break;
    decrees.push(told);
    last = decree.seq;
  }
  return { decrees, room };
}

function waitsThatFit(party: Party, room: number): unknown[] {
  let left = room;
  return waitingChanges(party, WAITS_MAX).flatMap(({ document }) => {
    left -= JSON.stringify(document).length;
    return left < 0 ? [] : [document];
  });
}

function findAsker(
  party: Party,
  trust: Trust,
  signed: SignedQuestion,
): { peer: Peer } | { refusal: Refusal } {
  const found = findSpeaker(party, trust, signed.question, (key) => verifyQuestion(key, signed));
  return 'peer' in found && !isFresh(party, signed.question.clock)
    ? { refusal: 'peer-question-stale' }
    : found;
}

/** The next decrees after one, oldest first, and the changes that wait here. */
export function answerDecrees(
  party: Party,
  { question: signed }: { question: SignedQuestion },
): Answer<SignedPage> {
  const { trust, config } = party;
  if (!trust) return refuse('genesis-missing');
  const found = findAsker(party, trust, signed);
  if ('refusal' in found) return refuse(found.refusal);
  const { nonce } = signed.question;
  const { decrees, room } = pageAfter(party, trust, signed.question);
  const waits = waitsThatFit(party, room);
  const of = { party: config.name, to: found.peer.name, genesisDigest: trust.genesisDigest, nonce };
  return answer(signPage(party.identity, of, { decrees, waits }));
}
