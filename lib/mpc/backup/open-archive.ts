/** Opens one backup with the recovery key of its group, and proves the share inside. */
import { shareBelongs } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { answered, refused, type Answer } from './answer.ts';
import { bindingOf, boxOf, subjectOf, type ShareBackup } from './archive.ts';
import { groupFingerprint } from './group.ts';
import { openWith } from './hpke.ts';
import type { RecoveryKey } from './join-parts.ts';
import type { Secret } from './secret.ts';

export type OpenedShare = { archive: ShareBackup; index: number; share: Secret };

/**
 * @returns the share, proven to be this party's of exactly the key and epoch that the archive names
 *   (share·G is its verifying share and lies on the committed polynomial); to be erased after use.
 */
export async function openArchive(
  archive: ShareBackup,
  key: RecoveryKey,
): Promise<Answer<OpenedShare>> {
  const { party, backupGroup } = archive;
  if (groupFingerprint(archive, backupGroup) !== key.fingerprint)
    return refused(
      'archive-of-another-group',
      `The backup of party ${party} opens with parts of group ${backupGroup.id}, not with these.`,
    );
  const share = await openWith(key, bindingOf(subjectOf(archive)), boxOf(archive));
  if (share === null)
    return refused(
      'archive-does-not-open',
      `The backup of party ${party} for key ${archive.key} does not open with the key of its group. Use another copy.`,
    );
  const index = archive.members.find(({ name }) => name === party)?.index ?? 0;
  if (!share.use((bytes) => shareBelongs(suiteOf(archive.suite), archive.groupKey, index, bytes))) {
    share.erase();
    return refused(
      'share-foreign',
      `What the backup of party ${party} holds is not its share of key ${archive.key} in epoch ${archive.epoch}.`,
    );
  }
  return answered({ archive, index, share });
}
