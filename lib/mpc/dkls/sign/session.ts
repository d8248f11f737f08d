/** What one signature is about, and who makes it. */
import { digestOf } from '../hash.ts';
import type { PairState } from '../pair/state.ts';
import { Fn, pointFrom, scalarFrom, type Point } from '../scalars.ts';

export type SigningSubject = {
  /** 32 bytes that all signers agreed on for this signature alone: a hash over fresh nonces of all. */
  session: Uint8Array;
  /** The key that the signature is for, after derivation: 33 bytes. */
  publicKey: Uint8Array;
  /** What is signed: 32 bytes, hashed already. */
  digest: Uint8Array;
  /** Indexes of the signers, as many as the threshold, in rising order. */
  quorum: readonly number[];
};

export type Signer = {
  index: number;
  /** Own Shamir share of the key after derivation, 32 bytes. */
  signingShare: Uint8Array;
  /** State with each other signer, by its index. */
  pairs: ReadonlyMap<number, PairState>;
};

/** A subject and a signer that were found to fit together. */
export type Session = {
  subject: SigningSubject;
  /** Binds every message and hash: session, key, digest and quorum. 32 bytes. */
  name: Uint8Array;
  publicKey: Point;
  index: number;
  /** The other signers, in rising order. */
  peers: readonly number[];
  pairs: ReadonlyMap<number, PairState>;
};

function checkQuorum(quorum: readonly number[]): void {
  const isRising = quorum.every((index, at) => at === 0 || index > (quorum[at - 1] ?? 0));
  const areIndexes = quorum.every((index) => Number.isInteger(index) && index >= 1 && index <= 16);
  if (quorum.length < 2 || !isRising || !areIndexes)
    throw new Error('A quorum is two or more indexes in rising order.');
}

/**
 * Holds everything together before anything is sent.
 * @throws when lengths are wrong, the key is no point, the signer is not in the quorum, or a pair is
 * missing or of other parties: these are faults of the caller and not of a peer
 */
export function sessionOf(subject: SigningSubject, signer: Signer): Session {
  const { session, digest, publicKey, quorum } = subject;
  if (session.length !== 32 || digest.length !== 32)
    throw new Error('Session and digest have 32 bytes.');
  checkQuorum(quorum);
  if (!quorum.includes(signer.index)) throw new Error('The signer is not in the quorum.');
  scalarFrom(signer.signingShare);
  const peers = quorum.filter((index) => index !== signer.index);
  for (const peer of peers) {
    const pair = signer.pairs.get(peer);
    if (pair?.self !== signer.index || pair.peer !== peer)
      throw new Error('The state of a pair is missing or of other parties.');
  }
  const name = digestOf(
    'countersign/dkls/session/v1',
    session,
    publicKey,
    digest,
    quorum.length,
    ...quorum,
  );
  return {
    subject,
    name,
    publicKey: pointFrom(publicKey),
    index: signer.index,
    peers,
    pairs: signer.pairs,
  };
}

/** The pair with a peer of the session. */
export function pairWith(session: Session, peer: number): PairState {
  const pair = session.pairs.get(peer);
  if (!pair) throw new Error('The session has a pair with every peer.');
  return pair;
}

/** λ of RFC 9591 4.2: weight of the own share where those of the quorum are added up to the key. */
export function shareWeight({ subject, index }: Session): bigint {
  let above = Fn.ONE;
  let below = Fn.ONE;
  for (const other of subject.quorum) {
    if (other === index) continue;
    above = Fn.mul(above, BigInt(other));
    below = Fn.mul(below, Fn.create(BigInt(other - index)));
  }
  return Fn.div(above, below);
}
