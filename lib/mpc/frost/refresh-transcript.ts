/** Ids and hashes that bind every message of a key refresh to it; see `transcript.ts`. */
import { concatBytes } from '@noble/hashes/utils.js';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { lengthPrefixed, taggedHash } from '../wire/tagged-hash.ts';
import type { RefreshPackage } from './refresh.ts';
import { byMemberIndex, memberParts, type Member } from './transcript.ts';

export type RefreshSubject = {
  suite: KeySuite;
  key: string;
  /** The epoch that is to come. */
  epoch: number;
  threshold: number;
  members: readonly Member[];
  publicKey: string;
  /** Ceremony and transcript of the epoch in force: all must refresh the same shares. */
  before: { ceremony: string; transcript: string };
  /** Digest of the intent of the refresh. */
  intentDigest: string;
  /** Digest of the roster in force. */
  rosterDigest: string;
};

/** Id under which round 0 travels, before anybody's nonce is known. */
export function refreshBaseId(of: RefreshSubject): string {
  return taggedHash(
    'countersign/refresh-base/v1',
    of.suite,
    of.threshold,
    of.members.length,
    of.key,
    of.epoch,
    of.publicKey,
    of.before.ceremony,
    of.before.transcript,
    of.intentDigest,
    of.rosterDigest,
    ...memberParts(of.members),
  );
}

/** What a member says in round 0. */
export type RefreshPromise = {
  /** 32 fresh bytes as hex. */
  nonce: string;
  commitment: string;
  /** Ceremony of the coming epoch that the member had confirmed last, or null. */
  prepared: string | null;
  /** Others that it had confirmed before and keeps. */
  setAside: readonly string[];
};

/** What a member promises to show. */
export function refreshCommitment(
  baseId: string,
  member: string,
  nonce: string,
  revealed: RefreshPackage,
): string {
  return taggedHash(
    'countersign/refresh-package/v1',
    baseId,
    member,
    nonce,
    revealed.coefficients.length,
    ...revealed.coefficients,
  );
}

/** Id of the refresh proper: the base and one fresh nonce from every member. */
export function refreshId(
  baseId: string,
  members: readonly Member[],
  promises: ReadonlyMap<string, RefreshPromise>,
): string {
  const parts = members
    .toSorted(byMemberIndex)
    .flatMap(({ name }) => [name, promises.get(name)?.nonce ?? '']);
  return taggedHash('countersign/refresh/v1', baseId, ...parts);
}

/** Hash of the whole refresh as one member saw it; all members must arrive at the same. */
export function refreshTranscript(of: {
  ceremony: string;
  members: readonly Member[];
  promises: ReadonlyMap<string, RefreshPromise>;
  packages: ReadonlyMap<string, RefreshPackage>;
  publicKey: string;
  verifyingShares: ReadonlyMap<string, string>;
}): string {
  const parts = of.members.toSorted(byMemberIndex).flatMap(({ name }) => {
    const promise = of.promises.get(name);
    const revealed = of.packages.get(name);
    if (!promise || !revealed) throw new Error('A message is missing from the transcript.');
    return [
      name,
      promise.commitment,
      promise.prepared ?? '',
      String(promise.setAside.length),
      ...promise.setAside,
      String(revealed.coefficients.length),
      ...revealed.coefficients,
      of.verifyingShares.get(name) ?? '',
    ];
  });
  return taggedHash('countersign/refresh-transcript/v1', of.ceremony, of.publicKey, ...parts);
}

/** A member's commitments to the nonces of the test signature. */
export type ProofPair = { hiding: string; binding: string };

/** Id under which shares of the test signature travel: who told two stories about nonces splits it. */
export function refreshProofId(
  ceremony: string,
  members: readonly Member[],
  pairs: ReadonlyMap<string, ProofPair>,
): string {
  const parts = members.toSorted(byMemberIndex).flatMap(({ name }) => {
    const pair = pairs.get(name);
    return [name, pair?.hiding ?? '', pair?.binding ?? ''];
  });
  return taggedHash('countersign/refresh-proof-id/v1', ceremony, ...parts);
}

/**
 * What the members sign with their new shares before any of them gives up its old one. The first
 * byte begins no transaction: on Solana 0xff stands for messages that never go on the chain.
 */
export function refreshProof(of: {
  key: string;
  epoch: number;
  ceremony: string;
  transcript: string;
}): Uint8Array {
  const { key, epoch, ceremony, transcript } = of;
  return concatBytes(
    Uint8Array.of(0xff),
    lengthPrefixed('countersign/refresh-proof/v1', key, epoch, ceremony, transcript),
  );
}
