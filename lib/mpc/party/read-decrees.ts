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
import { verifyReceipt, type AdoptionReceipt } from '../wire/receipt.ts';
import { adopt } from './adopt.ts';
import { isOver } from './attempt.ts';
import { receive } from './inbox.ts';
import { isAnswerTo } from './is-answer-to.ts';
import type { Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { findPeer, type Peer } from './peer-entries.ts';
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

/** Whether a receipt is some party's word that it adopted exactly this. */
function isWordOf(
  { name, key }: Pick<Peer, 'name' | 'key'>,
  trust: Trust,
  decree: PeerDecree,
  signed: AdoptionReceipt,
): boolean {
  const says = signed.receipt;
  return (
    says.party === name &&
    says.genesisDigest === trust.genesisDigest &&
    says.kind === decree.kind &&
    says.operation === decree.operation &&
    says.intentDigest === decree.intentDigest &&
    verifyReceipt(key, signed)
  );
}

/** The decree with the words about it that are genuine: the peer's own, and those that it passes on. */
function withGenuineWords(party: Party, trust: Trust, peer: Peer, decree: PeerDecree): PeerDecree {
  const { receipt, passedOn = [] } = decree;
  const isGenuine = (signed: AdoptionReceipt): boolean => {
    const third = findPeer(party, signed.receipt.party);
    return third !== null && third.name !== peer.name && isWordOf(third, trust, decree, signed);
  };
  return {
    ...decree,
    receipt: receipt && isWordOf(peer, trust, decree, receipt) ? receipt : null,
    passedOn: passedOn.filter((signed) => isGenuine(signed)),
  };
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
    const told = withGenuineWords(party, trust, peer, decree);
    const dropped = receive(inbox, peer.name, told, party.now().getTime());
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
