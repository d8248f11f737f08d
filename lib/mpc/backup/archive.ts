/**
 * The encrypted backup of one share, as a file that can lie anywhere: it opens only with parts of its
 * backup group, says in the open what it is a backup of, and carries all that is needed to tell
 * whether the share inside is the right one.
 */
import { z } from 'zod';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import {
  chainId,
  digestHex,
  environment,
  instant,
  publicKeyHex,
  slug,
  vaultTier,
} from '#lib/protocol/scalars.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import { groupKey } from '../frost/group.ts';
import { fromHex, hexOf, toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';
import { lengthPrefixed } from '../wire/tagged-hash.ts';
import { answered, refused, type Answer } from './answer.ts';
import { findArchiveFault } from './archive-faults.ts';
import { backupGroup } from './group.ts';
import { ENCAPSULATED_BYTES, sealSuite, TAG_BYTES, type Binding, type Box } from './hpke.ts';

export const ARCHIVE_BYTES_MAX = 64 * 1024;
const SHARE_BYTES = 32;

/** What the backup is of; all of it is authenticated with the encrypted share. */
export const backupSubject = z.strictObject({
  type: z.literal('countersign/share-backup/v1'),
  organisation: slug,
  environment,
  key: slug,
  suite: keySuite,
  /** Shares of different epochs never fit together. */
  epoch: z.int().min(1).max(1_000_000),
  vault: z.strictObject({
    id: slug,
    tier: vaultTier,
    chain: chainId,
    address: z.string().min(1).max(128),
  }),
  groupKey,
  /** Every party with a share of the key, in the order of their index. */
  members: z
    .array(
      z.strictObject({
        name: slug,
        index: z.int().min(1).max(16),
        identityKey: publicKeyHex,
      }),
    )
    .min(2)
    .max(16),
  /** The party whose share this is. */
  party: slug,
  madeAt: instant,
  backupGroup,
  sealSuite: z.literal(sealSuite),
});
export type BackupSubject = z.infer<typeof backupSubject>;

export const shareBackup = z.strictObject({
  ...backupSubject.shape,
  /** HPKE's encapsulated key. */
  encapsulated: hexOf(ENCAPSULATED_BYTES),
  /** The share's 32 bytes, encrypted, with the tag. */
  ciphertext: hexOf(SHARE_BYTES + TAG_BYTES),
  /** SHA-256 over the canonical text of all above. */
  digest: digestHex,
  /** Of the party's identity key over the digest. */
  signature: hexOf(64),
});
export type ShareBackup = z.infer<typeof shareBackup>;

export function subjectOf(archive: ShareBackup): BackupSubject {
  const { encapsulated: _e, ciphertext: _c, digest: _d, signature: _s, ...subject } = archive;
  return subject;
}

/** Binds the encrypted share to everything that says what it is. */
export const bindingOf = (subject: BackupSubject): Binding => ({
  info: lengthPrefixed('countersign/share-backup/v1', sealSuite),
  about: lengthPrefixed('countersign/share-backup-subject/v1', canonicalize(subject)),
});

export const archiveDigest = (subject: BackupSubject, box: Box): string =>
  digestOf({
    ...subject,
    encapsulated: toHex(box.encapsulated),
    ciphertext: toHex(box.ciphertext),
  });

export const boxOf = (archive: ShareBackup): Box => ({
  encapsulated: fromHex(archive.encapsulated),
  ciphertext: fromHex(archive.ciphertext),
});

export const signedBytes = (digest: string): Uint8Array =>
  lengthPrefixed('countersign/share-backup-signature/v1', digest);

/** The one text of an archive, as it stands in its file. */
export const writeArchive = (archive: ShareBackup): string => `${canonicalize(archive)}\n`;

/**
 * Reads an archive and checks all that can be checked without a secret: form and spelling, digest,
 * the party's signature, and that what it says fits together. Whether the identity key in it is the
 * party's own is for the reader to compare, with the roster or with another party's archive.
 */
export function readArchive(bytes: Uint8Array): Answer<ShareBackup> {
  const json = readStrictJson(bytes, ARCHIVE_BYTES_MAX);
  const parsed = json.ok ? shareBackup.safeParse(json.value) : null;
  if (!parsed?.success)
    return refused('archive-malformed', 'This file is no share backup of a version known here.');
  const archive = parsed.data;
  if (Buffer.from(bytes).toString('utf8') !== writeArchive(archive))
    return refused('archive-malformed', 'This share backup is not spelled the way it was written.');
  if (archiveDigest(subjectOf(archive), boxOf(archive)) !== archive.digest)
    return refused(
      'archive-changed',
      'This share backup was changed after it was made: its digest differs. Use another copy.',
    );
  const own = archive.members.find(({ name }) => name === archive.party);
  if (!own || !verifyBytes(own.identityKey, signedBytes(archive.digest), archive.signature))
    return refused(
      'archive-forged',
      `This share backup does not carry the signature of party ${archive.party}. Use another copy.`,
    );
  const fault = findArchiveFault(archive);
  return fault === null ? answered(archive) : refused('archive-inconsistent', fault);
}
