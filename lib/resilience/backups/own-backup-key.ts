import { withClient } from '#lib/platform/db/owner-client.ts';
import type { BackupHeader } from './backup-header.ts';

/**
 * Puts on record that a key is the one of a backup. One that nothing on record ever had becomes its own: a database that was
 * put back knows nothing of backups that were taken since.
 * @param ownerUrl of the live database's owner, who alone may say so.
 * @returns false where the key belongs to something else.
 */
export async function ownBackupKey(
  ownerUrl: string,
  { id, keyId }: Pick<BackupHeader, 'id' | 'keyId'>,
): Promise<boolean> {
  try {
    await withClient(ownerUrl, { name: 'backup key' }, (client) =>
      client.query(`select own_data_key($1, 'backup', $2)`, [keyId, id]),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'CS002') return false;
    throw error;
  }
}
