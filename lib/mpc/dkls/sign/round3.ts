/** Round 3: everything that was received is checked; what comes out is a part that nobody has seen yet. */
import { equalBytes } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { OneTime } from '../one-time.ts';
import { Fn, Point, timesBase, timesPoint } from '../scalars.ts';
import type { Steps } from '../steps.ts';
import type { Pair } from '../vole/gadget.ts';
import { multiplyAsBob } from '../vole/multiply-bob.ts';
import { readAll } from './header.ts';
import { readSecond, SIGN_MESSAGE, type SecondMessage, type ThirdMessage } from './messages.ts';
import { eraseRows, extensionIdOf, nonceCommitment } from './round1.ts';
import type { RoundTwo } from './round2.ts';
import { pairWith, type Session } from './session.ts';

export type RoundThree = {
  session: Session;
  /** R: the sum of all nonces' points. */
  nonce: Point;
  /** Own part of the signature. */
  part: ThirdMessage;
};

/** Checks that tell nothing about secrets, over all peers, before the first that might. */
function checkOpenings(two: RoundTwo, messages: ReadonlyMap<number, SecondMessage>): Fault | null {
  const { session, commitments, echo } = two;
  for (const [peer, { nonce, blind }] of messages) {
    const opened = nonceCommitment(session.name, peer, nonce, blind);
    if (!equalBytes(opened, commitments.get(peer) ?? new Uint8Array()))
      return fault('dkls-nonce-unopened', peer);
  }
  // Who told whom what can't be known here: either side of a difference may be the liar.
  for (const message of messages.values())
    if (!equalBytes(message.echo, echo)) return fault('dkls-echo-differs', null);
  const sum = [...messages.values()].reduce(
    (points, { keyShare }) => points.add(keyShare),
    two.keySharePoint,
  );
  return sum.equals(session.publicKey) ? null : fault('dkls-key-differs', null);
}

/**
 * The multiplication with one peer, from its second message on: whether its rows agree with each
 * other, and whether what it multiplied are the nonce and the key share that it showed. Both depend
 * on own secret choices where the peer cheated, so a failure ends the pair.
 */
function sharesWith(
  two: RoundTwo,
  peer: number,
  { product, nonce, keyShare, productPoints }: SecondMessage,
): { ok: true; shares: Pair } | Fault {
  const { session } = two;
  const pair = pairWith(session, peer);
  if (pair.isErased) return fault('dkls-pair-destroyed', peer);
  const rows = two.rows.get(peer);
  const factor = two.factors.get(peer);
  if (!rows || factor === undefined) throw new Error('The round has rows for every peer.');
  const id = extensionIdOf(session, pair.id, { receiver: session.index, sender: peer });
  const shares = multiplyAsBob(id, rows, product);
  if (!shares) {
    pair.erase();
    return fault('dkls-product-inconsistent', peer);
  }
  const fits = [nonce, keyShare].map((shown, which) => {
    const expected = timesPoint(shown, factor).subtract(productPoints[which] ?? Point.ZERO);
    return expected.equals(timesBase(shares[which] ?? 0n));
  });
  if (fits.every(Boolean)) return { ok: true, shares };
  pair.erase();
  return fault('dkls-input-inconsistent', peer);
}

/**
 * One step for each peer, of about 15 ms. What it returns must not leave before the caller has looked
 * at the approvals once more: see `release.ts`.
 * @param received the second messages of all peers, by index
 */
export function* signRound3(
  state: OneTime<RoundTwo>,
  received: ReadonlyMap<number, Uint8Array>,
): Steps<{ ok: true; state: OneTime<RoundThree> } | Fault> {
  const two = state.take();
  const { session } = two;
  try {
    const read = readAll(session, received, {
      round: 2,
      length: SIGN_MESSAGE[2],
      read: readSecond,
    });
    if (!read.ok) return read;
    const refused = checkOpenings(two, read.messages);
    if (refused) return refused;
    let blinded = two.mask;
    let belowSum = 0n;
    let aboveSum = 0n;
    for (const [peer, message] of read.messages) {
      const checked = sharesWith(two, peer, message);
      if (!checked.ok) return checked;
      const own = two.shares.get(peer) ?? [0n, 0n];
      blinded = Fn.add(blinded, message.difference);
      belowSum += own[0] + checked.shares[0];
      aboveSum += own[1] + checked.shares[1];
      yield;
    }
    const nonce = [...read.messages.values()].reduce(
      (sum, message) => sum.add(message.nonce),
      two.noncePoint,
    );
    if (nonce.equals(Point.ZERO)) return fault('dkls-signature-invalid', null);
    const below = Fn.create(two.nonce * blinded + belowSum);
    const v = Fn.create(two.keyShare * blinded + aboveSum);
    const message = digestScalar(session.subject.digest);
    const above = Fn.create(message * two.mask + Fn.create(nonce.toAffine().x) * v);
    return { ok: true, state: new OneTime({ session, nonce, part: { below, above } }, () => {}) };
  } finally {
    eraseRows(two.rows);
  }
}

/** The digest as a number (SEC 1, 4.1.3: as many bits as the order has), reduced. */
const digestScalar = (digest: Uint8Array): bigint =>
  Fn.create(BigInt(`0x${Buffer.from(digest).toString('hex')}`));
