/**
 * Ids that bind every message to its ceremony or session. Noble's FROST knows nothing of either:
 * the signed envelopes carry these ids instead (mpc notes 1.2, 2.2 A1 and 4.3).
 */
import type { SigningPart } from '#lib/chains/decoded.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { taggedHash } from '../wire/tagged-hash.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';

/** A party as the threshold protocols see it. */
export type Member = { name: string; index: number; identityKey: string; exchangeKey: string };

export const byMemberIndex = (a: Member, b: Member): number => a.index - b.index;

export const memberParts = (members: readonly Member[]): string[] =>
  members
    .toSorted(byMemberIndex)
    .flatMap((member) => [String(member.index), member.name, member.identityKey]);

export type CeremonySubject = {
  suite: KeySuite;
  key: string;
  epoch: number;
  threshold: number;
  members: readonly Member[];
  /** Digest of the intent of the key ceremony: names the operation and who started it. */
  intentDigest: string;
  /** Digest of the roster in force. */
  rosterDigest: string;
};

/** Id under which round 0 travels, before anybody's nonce is known. */
export function ceremonyBaseId(of: CeremonySubject): string {
  return taggedHash(
    'countersign/ceremony-base/v1',
    of.suite,
    of.threshold,
    of.members.length,
    of.key,
    of.epoch,
    of.intentDigest,
    of.rosterDigest,
    ...memberParts(of.members),
  );
}

/** Id of the ceremony proper: the base and one fresh nonce from every member. */
export function ceremonyId(
  baseId: string,
  members: readonly Member[],
  nonces: ReadonlyMap<string, string>,
): string {
  const parts = members
    .toSorted(byMemberIndex)
    .flatMap(({ name }) => [name, nonces.get(name) ?? '']);
  return taggedHash('countersign/ceremony/v1', baseId, ...parts);
}

/** What a member promises in round 0. */
export function packageCommitment(
  baseId: string,
  member: string,
  nonce: string,
  revealed: CeremonyPackage,
): string {
  return taggedHash(
    'countersign/ceremony-package/v1',
    baseId,
    member,
    nonce,
    revealed.coefficients.length,
    ...revealed.coefficients,
    revealed.proof,
  );
}

/** Hash of the whole ceremony as one member saw it; all members must arrive at the same. */
export function ceremonyTranscript(of: {
  ceremony: string;
  members: readonly Member[];
  packages: ReadonlyMap<string, CeremonyPackage>;
  commitments: ReadonlyMap<string, string>;
  publicKey: string;
  verifyingShares: ReadonlyMap<string, string>;
}): string {
  const parts = of.members.toSorted(byMemberIndex).flatMap(({ name }) => {
    const revealed = of.packages.get(name);
    if (!revealed) throw new Error('A package is missing from the transcript.');
    return [
      name,
      of.commitments.get(name) ?? '',
      String(revealed.coefficients.length),
      ...revealed.coefficients,
      revealed.proof,
      of.verifyingShares.get(name) ?? '',
    ];
  });
  return taggedHash('countersign/ceremony-transcript/v1', of.ceremony, of.publicKey, ...parts);
}

export type SigningSubject = {
  suite: KeySuite;
  key: string;
  epoch: number;
  publicKey: string;
  intentDigest: string;
  attempt: number;
  /** SHA-256 of the whole unsigned bytes, hex. */
  messageDigest: string;
  /** What is signed for them, in this order. */
  parts: readonly SigningPart[];
  quorum: readonly Member[];
};

/** Id under which nonce commitments travel. */
export function signingBaseId(of: SigningSubject): string {
  return taggedHash(
    'countersign/signing-base/v2',
    of.suite,
    of.key,
    of.epoch,
    of.publicKey,
    of.intentDigest,
    of.attempt,
    of.messageDigest,
    of.parts.length,
    ...of.parts.flatMap(({ bytes, path, tweak }) => [bytes, path.length, ...path, tweak]),
    ...memberParts(of.quorum),
  );
}

/** Id of the session proper: the base and one fresh nonce from every signer. */
export function sessionId(
  baseId: string,
  quorum: readonly Member[],
  nonces: ReadonlyMap<string, string>,
): string {
  const parts = quorum
    .toSorted(byMemberIndex)
    .flatMap(({ name }) => [name, nonces.get(name) ?? '']);
  return taggedHash('countersign/signing-session/v1', baseId, ...parts);
}
