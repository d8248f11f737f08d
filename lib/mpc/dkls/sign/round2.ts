/** Round 2: the nonce is shown, and with each peer the second half of a multiplication. */
import { joined, wipe } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { digestOf } from '../hash.ts';
import { extendAsSender } from '../extension/send.ts';
import { OneTime } from '../one-time.ts';
import { Fn, systemRandom, timesBase, type Point, type Random } from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { chosenScalar, type Pair } from '../vole/gadget.ts';
import { multiplyAsAlice } from '../vole/multiply-alice.ts';
import { ownHeader, readAll } from './header.ts';
import { readFirst, SIGN_MESSAGE, writeSecond, type FirstMessage } from './messages.ts';
import { eraseRows, extensionIdOf, type RoundOne } from './round1.ts';
import { pairWith, shareWeight, type Session } from './session.ts';
import { zeroShare } from './zero-share.ts';

export type RoundTwo = RoundOne & {
  /** Own additive share of the key: weighted, and blinded by a share of zero. */
  keyShare: bigint;
  keySharePoint: Point;
  /** What each peer committed to. */
  commitments: Map<number, Uint8Array>;
  echo: Uint8Array;
  /** χ: what each peer's values are multiplied by. */
  factors: Map<number, bigint>;
  /** c: own shares of the products with each peer's number. */
  shares: Map<number, Pair>;
};

/** Commitments of the whole quorum as this signer saw them. */
export function echoOf(
  session: Session,
  own: Uint8Array,
  commitments: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const parts = session.subject.quorum.flatMap((index) => [index, commitments.get(index) ?? own]);
  return digestOf('countersign/dkls/echo/v1', session.name, ...parts);
}

/** The multiplication with one peer, from its first message on. A failed check ends the pair. */
function multiplyWith(
  { session, nonce }: RoundOne,
  keyShare: bigint,
  peer: number,
  received: FirstMessage,
  random: Random,
): { ok: true; product: ReturnType<typeof multiplyAsAlice> } | Fault {
  const pair = pairWith(session, peer);
  if (pair.isErased) return fault('dkls-pair-destroyed', peer);
  const { delta, chosenKeys } = pair.secrets();
  const id = extensionIdOf(session, pair.id, { receiver: peer, sender: session.index });
  const rows = extendAsSender(id, { choices: delta, keys: chosenKeys }, received.extension);
  if (!rows) {
    pair.erase();
    return fault('dkls-transfer-inconsistent', peer);
  }
  const product = multiplyAsAlice(id, { rows, delta, inputs: [nonce, keyShare] }, random);
  wipe(rows);
  return { ok: true, product };
}

/**
 * One step for each peer, of about 15 ms.
 * @param received the first messages of all peers, by index
 */
export function* signRound2(
  state: OneTime<RoundOne>,
  received: ReadonlyMap<number, Uint8Array>,
  random: Random = systemRandom,
): Steps<{ ok: true; messages: Map<number, Uint8Array>; state: OneTime<RoundTwo> } | Fault> {
  const one = state.take();
  const { session } = one;
  const refuse = (refused: Fault): Fault => {
    eraseRows(one.rows);
    return refused;
  };
  const read = readAll(session, received, { round: 1, length: SIGN_MESSAGE[1], read: readFirst });
  if (!read.ok) return refuse(read);
  const destroyed = session.peers.find((peer) => pairWith(session, peer).isErased);
  if (destroyed !== undefined) return refuse(fault('dkls-pair-destroyed', destroyed));
  const commitments = new Map([...read.messages].map(([peer, of]) => [peer, of.commitment]));
  const two: RoundTwo = {
    ...one,
    ...keyShareOf(one),
    commitments,
    echo: echoOf(session, one.commitment, commitments),
    factors: new Map([...one.rows].map(([peer, of]) => [peer, chosenScalar(of.choices)])),
    shares: new Map(),
  };
  const messages = new Map<number, Uint8Array>();
  for (const [peer, first] of read.messages) {
    const multiplied = multiplyWith(one, two.keyShare, peer, first, random);
    if (!multiplied.ok) return refuse(multiplied);
    const { message, shares } = multiplied.product;
    two.shares.set(peer, shares);
    messages.set(
      peer,
      joined(
        ownHeader(session, 2, peer),
        writeSecond({
          echo: two.echo,
          nonce: two.noncePoint,
          blind: two.blind,
          keyShare: two.keySharePoint,
          product: message,
          productPoints: [timesBase(shares[0]), timesBase(shares[1])],
          difference: Fn.sub(two.mask, two.factors.get(peer) ?? 0n),
        }),
      ),
    );
    yield;
  }
  return { ok: true, messages, state: new OneTime(two, () => eraseRows(two.rows)) };
}

/** λ·share + ζ, and its point. */
function keyShareOf({ session, share }: RoundOne): { keyShare: bigint; keySharePoint: Point } {
  const keyShare = Fn.add(Fn.mul(shareWeight(session), share), zeroShare(session));
  return { keyShare, keySharePoint: timesBase(keyShare) };
}
