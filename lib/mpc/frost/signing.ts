/**
 * One signer's side of a FROST signature. Nonces live in memory only, in an object that gives them
 * away once: noble accepts nonces restored from a copy, and two messages under one pair give the
 * share away, so nothing here can be copied, stored or asked twice.
 */
import type { FrostPublic, NonceCommitments, Nonces } from '@noble/curves/abstract/frost.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { Combination } from './combine.ts';
import { identifierOf, publicKeyOf, toFrostPublic, type GroupKey } from './group.ts';
import type { Scheme } from './scheme.ts';

export type CommitmentPair = { hiding: string; binding: string };

/** Nonces that can be taken once; afterwards, and after `burn`, there is nothing left to take. */
export class OneTimeNonces {
  #nonces: Nonces | null;
  readonly commitment: CommitmentPair;

  constructor(scheme: Scheme, index: number, signingShare: Uint8Array) {
    const { nonces, commitments } = scheme.frost.commit({
      identifier: identifierOf(scheme, index),
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

function commitmentList(
  scheme: Scheme,
  pairs: ReadonlyMap<number, CommitmentPair>,
): NonceCommitments[] {
  return [...pairs]
    .toSorted(([a], [b]) => a - b)
    .map(([index, pair]) => ({
      identifier: identifierOf(scheme, index),
      hiding: fromHex(pair.hiding),
      binding: fromHex(pair.binding),
    }));
}

/** What a signer needs to know of the key: how many sign, how many there are, and the key itself. */
export type SigningKey = {
  threshold: number;
  /** The first is the public key, hex; nothing looks at the others. */
  commitments: readonly string[];
  /** Of whom, as in a group key; nothing but their number matters here. */
  shares: readonly unknown[];
};

/** RFC 9591 5.2 takes the members' verifying shares nowhere. */
const toPublic = ({ threshold, commitments, shares }: SigningKey): FrostPublic => ({
  signers: { min: threshold, max: shares.length },
  commitments: commitments.slice(0, 1).map(fromHex),
  verifyingShares: {},
});

/**
 * Makes the own signature share and burns the nonces, whatever happens.
 * @param pairs commitments of exactly the quorum, by index; the caller checked that it is one.
 */
export function makeShare(of: {
  scheme: Scheme;
  group: SigningKey;
  index: number;
  signingShare: Uint8Array;
  nonces: OneTimeNonces;
  pairs: ReadonlyMap<number, CommitmentPair>;
  message: Uint8Array;
}):
  | { ok: true; share: Uint8Array }
  | { ok: false; refusal: 'commitment-invalid'; culprit: number | null } {
  const { scheme } = of;
  const { isSoundPoint } = scheme.arithmetic;
  const taken = of.nonces.take();
  try {
    const share = scheme.frost.signShare(
      { identifier: identifierOf(scheme, of.index), signingShare: of.signingShare },
      toPublic(of.group),
      taken,
      commitmentList(scheme, of.pairs),
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
  scheme: Scheme;
  group: GroupKey;
  pairs: ReadonlyMap<number, CommitmentPair>;
  shares: ReadonlyMap<number, Uint8Array>;
  message: Uint8Array;
};

/**
 * Adds the shares up the quick way.
 * @returns null unless that ends at a signature that verifies strictly.
 */
export function combineShares(of: Combination & { scheme: Scheme }): Uint8Array | null {
  const { publicKey, scheme } = of;
  if (of.shares.size !== of.pairs.size) return null;
  try {
    const signature = scheme.combine(of);
    return scheme.verify(publicKey, of.message, signature) ? signature : null;
  } catch {
    return null;
  }
}

export type Aggregated =
  | { ok: true; signature: Uint8Array }
  | { ok: false; refusal: 'share-invalid'; culprit: number | null };

/**
 * Adds the shares up and verifies the signature strictly.
 * @returns the signature, or whose share is bad where that can be told.
 */
export function aggregateShares(of: Aggregation): Aggregated {
  const signature = combineShares({ ...of, publicKey: publicKeyOf(of.group) });
  return signature ? { ok: true, signature } : aggregateOneByOne(of);
}

/** The same with every share checked by itself, for when the quick way came to nothing. */
export function aggregateOneByOne(of: Aggregation): Aggregated {
  try {
    const signature = aggregateWithChecks(of);
    if (of.scheme.verify(publicKeyOf(of.group), of.message, signature))
      return { ok: true, signature };
    return { ok: false, refusal: 'share-invalid', culprit: null };
  } catch (error) {
    return { ok: false, refusal: 'share-invalid', culprit: cheaterOf(error, of) };
  }
}

/**
 * Noble's aggregation, which checks every point again.
 * @throws with `cheaters` when a share does not verify.
 */
export function aggregateWithChecks(of: Aggregation): Uint8Array {
  const { scheme } = of;
  return scheme.frost.aggregate(
    toFrostPublic(scheme, of.group),
    commitmentList(scheme, of.pairs),
    of.message,
    Object.fromEntries(
      [...of.shares].map(([index, share]) => [identifierOf(scheme, index), share]),
    ),
  );
}

/** Noble lists the identifiers whose shares don't verify; a share that isn't even a scalar is found here. */
function cheaterOf(error: unknown, { scheme, shares }: Aggregation): number | null {
  const named: unknown = error instanceof Error && 'cheaters' in error ? error.cheaters : [];
  const identifiers = Array.isArray(named) ? named : [];
  for (const [index, share] of shares) {
    if (identifiers.includes(identifierOf(scheme, index))) return index;
    try {
      scheme.arithmetic.scalarOf(share);
    } catch {
      return index;
    }
  }
  return null;
}
