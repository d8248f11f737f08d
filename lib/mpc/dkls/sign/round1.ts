/** Round 1: a nonce, committed to, and with each peer the first half of a multiplication. */
import { joined, wipe } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { digestOf } from '../hash.ts';
import { extendAsReceiver, type ReceiverRows } from '../extension/receive.ts';
import type { ExtensionId } from '../extension/matrix.ts';
import { OneTime } from '../one-time.ts';
import {
  pointBytes,
  randomScalar,
  scalarFrom,
  systemRandom,
  timesBase,
  type Point,
  type Random,
} from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { ownHeader } from './header.ts';
import { writeFirst } from './messages.ts';
import { pairWith, sessionOf, type Session, type Signer, type SigningSubject } from './session.ts';

export type RoundOne = {
  session: Session;
  share: bigint;
  /** r, and R = r·G. */
  nonce: bigint;
  noncePoint: Point;
  blind: Uint8Array;
  commitment: Uint8Array;
  /** φ, by which everything is blinded. */
  mask: bigint;
  /** Own choices and rows towards each peer. */
  rows: Map<number, ReceiverRows>;
};

export const eraseRows = (rows: ReadonlyMap<number, ReceiverRows>): void => {
  for (const { choices, rows: bytes } of rows.values()) wipe(choices, bytes);
};

/** Names the multiplication in which the receiver's number is random and the sender's are its shares. */
export const extensionIdOf = (
  session: Session,
  pair: Uint8Array,
  of: { receiver: number; sender: number },
): ExtensionId => ({ session: session.name, pair, ...of });

export const nonceCommitment = (
  name: Uint8Array,
  index: number,
  nonce: Point,
  blind: Uint8Array,
): Uint8Array => digestOf('countersign/dkls/nonce/v1', name, index, pointBytes(nonce), blind);

/** Refuses pairs that are destroyed or took part in this session before; enters the session with the rest. */
function enter(session: Session): Fault | null {
  const destroyed = session.peers.find((peer) => pairWith(session, peer).isErased);
  if (destroyed !== undefined) return fault('dkls-pair-destroyed', destroyed);
  const claims = session.peers.map((peer) =>
    pairWith(session, peer).claim(session.subject.session),
  );
  return claims.every(Boolean) ? null : fault('dkls-session-repeated', null);
}

/**
 * One step for each peer, of about 4 ms.
 * @returns a message for each peer, and what round 2 takes
 * @throws as `sessionOf` does
 */
export function* signRound1(
  subject: SigningSubject,
  signer: Signer,
  random: Random = systemRandom,
): Steps<{ ok: true; messages: Map<number, Uint8Array>; state: OneTime<RoundOne> } | Fault> {
  const session = sessionOf(subject, signer);
  const refused = enter(session);
  if (refused) return refused;
  const nonce = randomScalar(random);
  const noncePoint = timesBase(nonce);
  const blind = random(32);
  const commitment = nonceCommitment(session.name, session.index, noncePoint, blind);
  const mask = randomScalar(random);
  const rows = new Map<number, ReceiverRows>();
  const messages = new Map<number, Uint8Array>();
  for (const peer of session.peers) {
    const pair = pairWith(session, peer);
    const id = extensionIdOf(session, pair.id, { receiver: session.index, sender: peer });
    if (pair.isErased) {
      eraseRows(rows);
      return fault('dkls-pair-destroyed', peer);
    }
    const { message, secrets } = extendAsReceiver(id, pair.secrets().bothKeys, random);
    rows.set(peer, secrets);
    messages.set(
      peer,
      joined(ownHeader(session, 1, peer), writeFirst({ commitment, extension: message })),
    );
    yield;
  }
  const state: RoundOne = {
    session,
    share: scalarFrom(signer.signingShare),
    nonce,
    noncePoint,
    blind,
    commitment,
    mask,
    rows,
  };
  return { ok: true, messages, state: new OneTime(state, () => eraseRows(rows)) };
}
