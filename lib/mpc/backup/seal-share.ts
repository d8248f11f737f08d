/** A party seals its own share for its backup group. */
import type { VaultTier } from '#lib/protocol/scalars.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { publicKeyOf, shareBelongs, type GroupKey } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import type { Member } from '../frost/transcript.ts';
import { toHex } from '../wire/encoding.ts';
import { signBytes, type PartyIdentity } from '../wire/identity.ts';
import { addressOn } from './address.ts';
import { answered, refused, type Answer } from './answer.ts';
import {
  archiveDigest,
  bindingOf,
  signedBytes,
  type BackupSubject,
  type ShareBackup,
} from './archive.ts';
import { findArchiveFault } from './archive-faults.ts';
import type { BackupGroup, Realm } from './group.ts';
import { sealSuite, sealTo } from './hpke.ts';

export type SealInput = Realm & {
  key: string;
  suite: KeySuite;
  epoch: number;
  vault: { id: string; tier: VaultTier; chain: string };
  groupKey: GroupKey;
  /** Every party with a share, in the order of their index. */
  members: readonly Member[];
  /** The party that seals, by name. */
  party: string;
  /** Its share of 32 bytes; stays the caller's to erase. */
  share: Uint8Array;
  /** Its identity, which signs the archive; must be the one the members name. */
  identity: PartyIdentity;
  /** The party's own group, as its roster names it. */
  backupGroup: BackupGroup;
  madeAt: Date;
};

/**
 * Encrypts the share to the group and signs the result. The share must be this party's of exactly
 * this key and epoch, so that nobody stores a backup that could not be used.
 */
export async function sealShare(of: SealInput): Promise<Answer<ShareBackup>> {
  const own = of.members.find(({ name }) => name === of.party);
  if (!own || own.identityKey !== of.identity.identityKey)
    return refused(
      'party-unknown',
      `Party ${of.party} is not one of the parties of key ${of.key} under this identity.`,
    );
  const address = addressOn(of.vault.chain, of.suite, publicKeyOf(of.groupKey));
  if (address === null)
    return refused('chain-unknown', `No addresses are known for chain ${of.vault.chain}.`);
  if (!shareBelongs(suiteOf(of.suite), of.groupKey, own.index, of.share))
    return refused(
      'share-foreign',
      `The share is not the one of party ${of.party} for key ${of.key} in epoch ${of.epoch}.`,
    );
  const subject: BackupSubject = {
    type: 'countersign/share-backup/v1',
    organisation: of.organisation,
    environment: of.environment,
    key: of.key,
    suite: of.suite,
    epoch: of.epoch,
    vault: { id: of.vault.id, tier: of.vault.tier, chain: of.vault.chain, address },
    groupKey: of.groupKey,
    members: of.members.map(({ name, index, identityKey }) => ({ name, index, identityKey })),
    party: of.party,
    madeAt: of.madeAt.toISOString(),
    backupGroup: of.backupGroup,
    sealSuite,
  };
  const fault = findArchiveFault(subject);
  if (fault) return refused('archive-inconsistent', fault);
  const box = await sealTo(of.backupGroup.publicKey, bindingOf(subject), of.share);
  const digest = archiveDigest(subject, box);
  return answered({
    ...subject,
    encapsulated: toHex(box.encapsulated),
    ciphertext: toHex(box.ciphertext),
    digest,
    signature: signBytes(of.identity, signedBytes(digest)),
  });
}
