/** Reads on in what a peer took over, and takes it over too. */
import { randomBytes } from 'node:crypto';
import { operationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { toHex } from '../wire/encoding.ts';
import {
  PAGE_MAX,
  signedPage,
  signQuestion,
  verifyPage,
  type PeerDecree,
  type SignedPage,
} from '../wire/peer-decrees.ts';
import type { SignedHeads } from '../wire/peer-heads.ts';
import { verifyReceipt } from '../wire/receipt.ts';
import { adopt } from './adopt.ts';
import { isOver } from './attempt.ts';
import { receive } from './inbox.ts';
import { isAnswerTo } from './is-answer-to.ts';
import type { Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import type { Peer } from './peer-entries.ts';
import { waitsPair } from './peer-news.ts';
import { waitsOf } from './store/waits.ts';
import type { Trust } from './store/trust.ts';
import { takeDecrees } from './take-decrees.ts';

export const DECREES_PATH = '/peer/decrees';

async function askForPage(
  party: Party,
  trust: Trust,
  peer: Peer,
  post: PeerPost,
): Promise<SignedPage | null> {
  const nonce = toHex(randomBytes(32));
  const of = { party: party.config.name, to: peer.name, genesisDigest: trust.genesisDigest, nonce };
  const question = signQuestion(party.identity, {
    type: 'countersign/peer-decrees-question/v1',
    ...of,
    after: party.peers.cursors.get(peer.name) ?? 0,
    limit: PAGE_MAX,
    clock: party.now().toISOString(),
  });
  const reply = await post(DECREES_PATH, { question });
  const parsed = reply.ok ? signedPage.safeParse(reply.value) : null;
  if (!parsed?.success) return null;
  const { page } = parsed.data;
  return isAnswerTo(of, page) && verifyPage(peer.key, parsed.data) ? parsed.data : null;
}

/** The peer's own word that it adopted exactly this, or null. */
function ownWord(trust: Trust, peer: Peer, decree: PeerDecree): PeerDecree['receipt'] {
  const { receipt: signed, kind, operation, intentDigest: digest } = decree;
  if (!signed) return null;
  const says = signed.receipt;
  const genuine =
    says.party === peer.name &&
    says.genesisDigest === trust.genesisDigest &&
    says.kind === kind &&
    says.operation === operation &&
    says.intentDigest === digest &&
    verifyReceipt(peer.key, signed);
  return genuine ? signed : null;
}

/** Begins the wait that the peer has begun; a set that needs none is adopted. */
function beginWait(party: Party, document: unknown): void {
  const parsed = operationBundle.safeParse(document);
  if (!parsed.success) return;
  const { intent, statements } = parsed.data;
  const of = {
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    attempt: statements[0]?.statement.attempt ?? 1,
  };
  const waits = waitsOf(party.database, intent.operation);
  const isWaiting = waits.some(({ attempt }) => attempt === of.attempt);
  if (!isWaiting && !isOver(party, of)) adopt(party, { bundle: parsed.data, receipts: [] });
}

function takePage(party: Party, trust: Trust, peer: Peer, { decrees, waits }: SignedPage): void {
  const { inbox, cursors } = party.peers;
  for (const decree of decrees) {
    const receipt = ownWord(trust, peer, decree);
    const dropped = receive(inbox, peer.name, { ...decree, receipt }, party.now().getTime());
    if (dropped > 0) party.log('peer-decrees-dropped', { peer: peer.name, dropped });
    cursors.set(peer.name, Math.max(decree.seq, cursors.get(peer.name) ?? 0));
  }
  takeDecrees(party);
  for (const document of waits) beginWait(party, document);
}

/**
 * @param signed what the peer just said about itself.
 * @returns false when it did not keep to it, or could not be asked.
 */
export async function readDecrees(
  party: Party,
  peer: Peer,
  signed: SignedHeads,
  post: PeerPost,
  signal: AbortSignal,
): Promise<boolean> {
  const { trust, peers } = party;
  if (!trust) return false;
  const page = await askForPage(party, trust, peer, post);
  if (!page || signal.aborted) return false;
  const isShort =
    page.decrees.length === 0 && signed.heads.decrees > (peers.cursors.get(peer.name) ?? 0);
  if (isShort) return false;
  takePage(party, trust, peer, page);
  peers.waitsRead.set(peer.name, waitsPair(party, signed));
  return true;
}
