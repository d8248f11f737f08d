/** One hostile signer against one honest one: what it sends is changed, and the honest one's outcome looked at. */
import type { PairState } from '../pair/state.ts';
import { HEADER } from '../sign/header.ts';
import type { Signer, SigningSubject } from '../sign/session.ts';
import { dealSigners, freshSubject, runSigning, type Dealt, type Tamper } from './signers.ts';

export const signerOf = (dealt: Dealt, index: number): Signer => {
  const signer = dealt.signers.get(index);
  if (!signer) throw new Error('missing');
  return signer;
};

export const pairOf = (dealt: Dealt, index: number, peer: number): PairState => {
  const pair = signerOf(dealt, index).pairs.get(peer);
  if (!pair) throw new Error('missing');
  return pair;
};

export const flippedAt = (message: Uint8Array, place: number, mask = 1): Uint8Array =>
  message.with(place, (message[place] ?? 0) ^ mask);

export const withBytes = (message: Uint8Array, place: number, bytes: Uint8Array): Uint8Array => {
  const copy = message.slice();
  copy.set(bytes, place);
  return copy;
};

/** Changes what signer 1 sends to signer 2 in one round. */
export const inRound =
  (round: number, change: (message: Uint8Array) => Uint8Array): Tamper =>
  (message, of) =>
    of.round === round && of.from === 1 && of.to === 2 ? change(message) : message;

/** Outcome of signer 2 where signer 1's message was changed; and whether its pair is left. */
export function victim(tamper: Tamper, dealt = dealSigners(2, 2)) {
  const outcome = runSigning(dealt, freshSubject(dealt, [1, 2]), tamper).get(2);
  if (!outcome) throw new Error('missing');
  return { outcome, isPairLeft: !pairOf(dealt, 2, 1).isErased };
}

export const boxOf = (from: number, message: Uint8Array | undefined): Map<number, Uint8Array> =>
  new Map(message ? [[from, message]] : []);

/** All messages of an honest run, by round and direction. */
export function record(dealt: Dealt, subject: SigningSubject): Map<string, Uint8Array> {
  const seen = new Map<string, Uint8Array>();
  runSigning(dealt, subject, (message, { round, from, to }) => {
    seen.set(`${round}:${from}>${to}`, message);
    return message;
  });
  return seen;
}

/** Places in the second message. */
export const AT = { nonce: HEADER + 32, keyShare: HEADER + 97 };
