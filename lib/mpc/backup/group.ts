/**
 * A backup group: the custodians who together keep one party's share recoverable. Its recovery key
 * exists whole only in the ceremony that makes it and on the machine that recovers; between the two
 * each custodian holds one part, and any `threshold` of them rebuild it.
 */
import { z } from 'zod';
import {
  digestHex,
  environment,
  instant,
  personId,
  publicKeyHex,
  slug,
  type Environment,
} from '#lib/protocol/scalars.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { taggedHash } from '../wire/tagged-hash.ts';
import { findMembershipFault, membershipSentence } from './group-rules.ts';
import { isSoundRecoveryKey, sealSuite } from './hpke.ts';

export const CUSTODIANS_MAX = 16;

/** The group as rosters and backups name it. */
export const backupGroup = z.strictObject({
  id: slug,
  /** The party whose share this group keeps. */
  party: slug,
  /** Parts that rebuild the recovery key. */
  threshold: z.int().min(2).max(CUSTODIANS_MAX),
  /** X25519 recovery key, to which the share is sealed. */
  publicKey: publicKeyHex,
  /** Who holds which part: the first holds part 1. */
  custodians: z.array(personId).min(2).max(CUSTODIANS_MAX),
});
export type BackupGroup = z.infer<typeof backupGroup>;

/** Whose group it is: parts and backups of another organisation or environment don't mix in. */
export type Realm = { organisation: string; environment: Environment };

/**
 * What the ceremony leaves behind in public: the group, and a hash of each part, by which a wrong
 * part is told from a right one by itself. Kept beside the backups.
 */
export const groupRecord = z.strictObject({
  type: z.literal('countersign/backup-group/v1'),
  organisation: slug,
  environment,
  suite: z.literal(sealSuite),
  madeAt: instant,
  group: backupGroup,
  /** In the order of the custodians. */
  commitments: z.array(digestHex).min(2).max(CUSTODIANS_MAX),
});
export type GroupRecord = z.infer<typeof groupRecord>;

/**
 * Names a group in every part and backup, as hex of 32 bytes. People are left out: who holds a part
 * may change hands, the part does not.
 */
export const groupFingerprint = (
  { organisation, environment: mode }: Realm,
  { id, party, threshold, publicKey, custodians }: BackupGroup,
): string =>
  taggedHash(
    'countersign/backup-group/v1',
    organisation,
    mode,
    id,
    party,
    threshold,
    custodians.length,
    sealSuite,
    publicKey,
  );

/** The fingerprint as six words, for the card in the envelope and the screen beside it. */
export const groupWords = (realm: Realm, group: BackupGroup): string[] =>
  digestWords(groupFingerprint(realm, group));

/** @param share the part's bytes as the splitting made them. */
export const partCommitment = (fingerprint: string, number: number, share: Uint8Array): string =>
  taggedHash('countersign/backup-part/v1', fingerprint, number, share);

/** @returns a sentence about the first fault, or null for a sound group. */
export function findGroupFault(group: BackupGroup): string | null {
  const fault = findMembershipFault(group);
  if (fault) return membershipSentence(fault);
  return isSoundRecoveryKey(group.publicKey)
    ? null
    : `The recovery key of group ${group.id} is one that anybody could open.`;
}
