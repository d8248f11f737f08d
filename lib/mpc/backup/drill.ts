/** The drill: opens one share against its public part, erases it, and records that it opened. */
import { z } from 'zod';
import {
  digestHex,
  environment,
  instant,
  personId,
  slug,
  vaultKeyHex,
} from '#lib/protocol/scalars.ts';
import { answered, type Answer } from './answer.ts';
import type { ShareBackup } from './archive.ts';
import { groupFingerprint, type GroupRecord } from './group.ts';
import { joinParts } from './join-parts.ts';
import { openArchive } from './open-archive.ts';
import type { Part } from './part-text.ts';

/** Holds no secret: what was opened, with whose parts, and the public share it was held against. */
export const drillRecord = z.strictObject({
  type: z.literal('countersign/backup-drill/v1'),
  organisation: slug,
  environment,
  key: slug,
  epoch: z.int().min(1).max(1_000_000),
  party: slug,
  /** Digest of the archive that was opened. */
  archive: digestHex,
  backupGroup: z.strictObject({ id: slug, fingerprint: digestHex }),
  parts: z.array(z.strictObject({ number: z.int().min(1).max(16), person: personId })).min(2),
  /** The public part that the share matched: share·G. */
  verifyingShare: vaultKeyHex,
  address: z.string().min(1).max(128),
  outcome: z.literal('share-matches'),
  at: instant,
});
export type DrillRecord = z.infer<typeof drillRecord>;

/** The parts stay the caller's to erase. */
export async function verifyDrill(of: {
  archive: ShareBackup;
  parts: readonly Part[];
  record: GroupRecord | null;
  at: Date;
}): Promise<Answer<DrillRecord>> {
  const { archive, parts, record, at } = of;
  const { organisation, environment: mode, backupGroup: group } = archive;
  const realm = { organisation, environment: mode };
  const key = await joinParts({ ...realm, group, record }, parts);
  if (!key.ok) return key;
  const opened = await openArchive(archive, key.value);
  key.value.privateKey.erase();
  if (!opened.ok) return opened;
  const { index, share } = opened.value;
  share.erase();
  const listed = archive.groupKey.shares.find((one) => one.index === index);
  if (!listed) throw new Error('An opened share has no public part.');
  return answered({
    type: 'countersign/backup-drill/v1',
    ...realm,
    key: archive.key,
    epoch: archive.epoch,
    party: archive.party,
    archive: archive.digest,
    backupGroup: { id: group.id, fingerprint: groupFingerprint(realm, group) },
    parts: key.value.numbers.map((number) => ({
      number,
      person: group.custodians[number - 1] ?? '',
    })),
    verifyingShare: listed.verifyingShare,
    address: archive.vault.address,
    outcome: 'share-matches',
    at: at.toISOString(),
  });
}
