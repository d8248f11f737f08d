/**
 * One signer's side of a FROST signature. Nonces live in memory only, in an object that gives them
 * away once: noble accepts nonces restored from a copy, and two messages under one pair give the
 * share away, so nothing here can be copied, stored or asked twice.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { NonceCommitments, Nonces } from '@noble/curves/abstract/frost.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import {
  identifierOf,
  isSoundPoint,
  publicKeyOf,
  toFrostPublic,
  verifySignature,
  type GroupKey,
} from './group.ts';
import { combineShares } from './combine.ts';
import { frost } from './suite.ts';

export type CommitmentPair = { hiding: string; binding: string };

/** Nonces that can be taken once; afterwards, and after `burn`, there is nothing left to take. */
export class OneTimeNonces {
  #nonces: Nonces | null;
  readonly commitment: CommitmentPair;

  constructor(index: number, signingShare: Uint8Array) {
    const { nonces, commitments } = frost.commit({
      identifier: identifierOf(index),
      signingShare,
    });
    this.#nonces = nonces;
    this.commitment = { hiding: toHex(commitments.hiding), binding: toHex(commitments.binding) };
  }

  /** @throws when the nonces were taken or burned before. */
  take(): Nonces {
    const taken = this.#nonces;
    if (!taken) throw new Error('The nonces of this session are gone.');
    this.#nonces = null;
    return taken;
  }

  burn(): void {
    if (this.#nonces) wipeNonces(this.#nonces);
    this.#nonces = null;
  }
}

function wipeNonces(nonces: Nonces): void {
  nonces.hiding.fill(0);
  nonces.binding.fill(0);
}

function commitmentList(pairs: ReadonlyMap<number, CommitmentPair>): NonceCommitments[] {
  return [...pairs]
    .toSorted(([a], [b]) => a - b)
    .map(([index, pair]) => ({
      identifier: identifierOf(index),
      hiding: fromHex(pair.hiding),
      binding: fromHex(pair.binding),
    }));
}

/**
 * Makes the own signature share and burns the nonces, whatever happens.
 * @param pairs commitments of exactly the quorum, by index; the caller checked that it is one.
 */
export function makeShare(of: {
  group: GroupKey;
  index: number;
  signingShare: Uint8Array;
  nonces: OneTimeNonces;
  pairs: ReadonlyMap<number, CommitmentPair>;
  message: Uint8Array;
}):
  | { ok: true; share: Uint8Array }
  | { ok: false; refusal: 'commitment-invalid'; culprit: number | null } {
  const taken = of.nonces.take();
  try {
    const share = frost.signShare(
      { identifier: identifierOf(of.index), signingShare: of.signingShare },
      toFrostPublic(of.group),
      taken,
      commitmentList(of.pairs),
      of.message,
    );
    return { ok: true, share };
  } catch {
    const bad = [...of.pairs].find(
      ([index, pair]) =>
        index !== of.index && !(isSoundPoint(pair.hiding) && isSoundPoint(pair.binding)),
    );
    return { ok: false, refusal: 'commitment-invalid', culprit: bad?.[0] ?? null };
  } finally {
    wipeNonces(taken);
  }
}

type Aggregation = {
  group: GroupKey;
  pairs: ReadonlyMap<number, CommitmentPair>;
  shares: ReadonlyMap<number, Uint8Array>;
  message: Uint8Array;
};

/** @returns null unless the quick way ends at a signature that verifies strictly. */
function tryToCombine(of: Aggregation): Uint8Array | null {
  const publicKey = publicKeyOf(of.group);
  if (of.shares.size !== of.pairs.size) return null;
  try {
    const signature = combineShares({ ...of, publicKey });
    return verifySignature(publicKey, of.message, signature) ? signature : null;
  } catch {
    return null;
  }
}

/**
 * Adds the shares up and verifies the signature strictly.
 * @returns the 64 bytes, or whose share is bad where that can be told.
 */
export function aggregateShares(
  of: Aggregation,
):
  | { ok: true; signature: Uint8Array }
  | { ok: false; refusal: 'share-invalid'; culprit: number | null } {
  const combined = tryToCombine(of);
  if (combined) return { ok: true, signature: combined };
  try {
    const signature = aggregateWithChecks(of);
    if (verifySignature(publicKeyOf(of.group), of.message, signature))
      return { ok: true, signature };
    return { ok: false, refusal: 'share-invalid', culprit: null };
  } catch (error) {
    return { ok: false, refusal: 'share-invalid', culprit: cheaterOf(error, of.shares) };
  }
}

/**
 * Noble's aggregation, which checks every point again.
 * @throws with `cheaters` when a share does not verify.
 */
export function aggregateWithChecks(of: Aggregation): Uint8Array {
  return frost.aggregate(
    toFrostPublic(of.group),
    commitmentList(of.pairs),
    of.message,
    Object.fromEntries([...of.shares].map(([index, share]) => [identifierOf(index), share])),
  );
}

/** Noble lists the identifiers whose shares don't verify; a share that isn't even a scalar is found here. */
function cheaterOf(error: unknown, shares: ReadonlyMap<number, Uint8Array>): number | null {
  const named: unknown = error instanceof Error && 'cheaters' in error ? error.cheaters : [];
  const identifiers = Array.isArray(named) ? named : [];
  for (const [index, share] of shares) {
    if (identifiers.includes(identifierOf(index))) return index;
    try {
      ed25519.Point.Fn.fromBytes(share);
    } catch {
      return index;
    }
  }
  return null;
}
