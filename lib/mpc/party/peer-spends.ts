/**
 * What the parties tell each other they let leave. Where every group is needed any two of three sign,
 * and by their own counts alone they would let half as much again leave as a window allows. It is
 * memory: after a start every other party is asked before a share moves, and those that sign now have
 * counted, between them, whatever any others signed before.
 *
 * Nothing proves what a party says here, and all it can do is make less leave.
 */
import { randomBytes } from 'node:crypto';
import type { Refusal } from '../refusals.ts';
import { toHex } from '../wire/encoding.ts';
import type { SignedHeads } from '../wire/peer-heads.ts';
import {
  signedSpends,
  signSpends,
  signSpendsQuestion,
  SPENDS_MAX,
  verifySpends,
  verifySpendsQuestion,
  type PeerSpend,
  type SignedSpends,
  type SignedSpendsQuestion,
  type SpendsPage,
} from '../wire/peer-spends.ts';
import { isAnswerTo } from './is-answer-to.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { peersInForce, type Peer } from './peer-entries.ts';
import { findSpeaker, isFresh } from './peer-heads.ts';
import { lastSpend, spendsAfter, WINDOW_MAX } from './store/spends.ts';
import type { Trust } from './store/trust.ts';

export const SPENDS_PATH = '/peer/spends';

/** Most withdrawals kept of one peer, and most pages read at once. */
const KEPT_MAX = 20_000;
const PAGES_MAX = 50;

/** The next withdrawals after a change, of those that some window may still reach. */
export function answerSpends(
  party: Party,
  { question: signed }: { question: SignedSpendsQuestion },
): Answer<SignedSpends> {
  const { trust, database, config } = party;
  if (!trust) return refuse('genesis-missing');
  const { after, nonce, clock } = signed.question;
  const found = findSpeaker(party, trust, signed.question, (key) =>
    verifySpendsQuestion(key, signed),
  );
  const refusal: Refusal | null =
    'refusal' in found ? found.refusal : isFresh(party, clock) ? null : 'peer-question-stale';
  if (refusal) return refuse(refusal);
  const since = new Date(party.now().getTime() - WINDOW_MAX);
  const rows = spendsAfter(database, { after, since, limit: SPENDS_MAX });
  const last = rows.length === SPENDS_MAX ? rows.at(-1)?.seq : undefined;
  return answer(
    signSpends(party.identity, {
      type: 'countersign/peer-spends/v1',
      party: config.name,
      to: signed.question.party,
      genesisDigest: trust.genesisDigest,
      nonce,
      upTo: last ?? lastSpend(database),
      spends: rows.map(({ spend }) => spend),
    }),
  );
}

async function askForPage(
  party: Party,
  trust: Trust,
  peer: Peer,
  post: PeerPost,
): Promise<SpendsPage | null> {
  const nonce = toHex(randomBytes(32));
  const of = { party: party.config.name, to: peer.name, genesisDigest: trust.genesisDigest, nonce };
  const question = signSpendsQuestion(party.identity, {
    type: 'countersign/peer-spends-question/v1',
    ...of,
    after: party.peers.spendCursors.get(peer.name) ?? 0,
    clock: party.now().toISOString(),
  });
  const reply = await post(SPENDS_PATH, { question });
  const parsed = reply.ok ? signedSpends.safeParse(reply.value) : null;
  if (!parsed?.success) return null;
  const { page } = parsed.data;
  return isAnswerTo(of, page) && verifySpends(peer.key, parsed.data) ? page : null;
}

function keep({ peers }: Party, peer: string, spends: readonly PeerSpend[]): void {
  const kept = peers.spends.get(peer) ?? new Map<string, PeerSpend>();
  for (const spend of spends) {
    // In again at the end: what changed last is forgotten last.
    kept.delete(spend.operation);
    kept.set(spend.operation, spend);
  }
  for (const operation of kept.keys()) {
    if (kept.size <= KEPT_MAX) break;
    kept.delete(operation);
  }
  peers.spends.set(peer, kept);
}

/**
 * Reads on in what a peer counts.
 * @param signed what the peer just said about itself.
 * @returns false when it could not be asked, or did not keep to it.
 */
export async function hearSpends(
  party: Party,
  peer: Peer,
  { heads }: SignedHeads,
  post: PeerPost,
  signal: AbortSignal,
): Promise<boolean> {
  const { trust, peers } = party;
  if (!trust) return false;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const after = peers.spendCursors.get(peer.name) ?? 0;
    if (heads.spends <= after) return true;
    const page = await askForPage(party, trust, peer, post);
    if (!page || signal.aborted || page.upTo <= after) return false;
    keep(party, peer.name, page.spends);
    peers.spendCursors.set(peer.name, page.upTo);
  }
  return false;
}

/** What the parties of the roster in force say they let leave. */
export const spendsOfPeers = (party: Party): PeerSpend[] =>
  peersInForce(party).flatMap(({ name }) => [...(party.peers.spends.get(name)?.values() ?? [])]);
