/** The end of backups: their keys are destroyed first, so that copies of them elsewhere end with them. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataKeysError, type DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { DrillProblem } from '../drills/drill-problem.ts';
import { backupFolderForm } from './back-up.ts';
import { readHeader } from './backup-header.ts';
import { ownBackupKey } from './own-backup-key.ts';

const dayMs = 24 * 3_600_000;

type Ending = {
  keepDays: number;
  now: Date;
  keys: Pick<DataKeys, 'shred'>;
  /** Of the database that says which key is whose. */
  ownerUrl: string;
};

/**
 * Removes backups of a folder that were taken more than so many days ago, and leaves everything else there alone.
 * @returns what was removed; what looks like a backup and is none; and what names a key of something else, which stays: whoever
 *   can write this folder must not have anybody's key destroyed by it.
 * @throws DataKeysError where keys can't be destroyed in every place: what they open stays then.
 */
export async function removeOldBackups(
  parent: string,
  { keepDays, now, keys, ownerUrl }: Ending,
): Promise<{ removed: string[]; broken: string[]; foreign: string[] }> {
  const names = (await readdir(parent)).filter((name) => backupFolderForm.test(name)).toSorted();
  const removed: string[] = [];
  const broken: string[] = [];
  const foreign: string[] = [];
  for (const name of names) {
    const path = join(parent, name);
    const header = await readHeader(path).catch((error: unknown) => {
      if (error instanceof DrillProblem) return null;
      throw error;
    });
    if (header === null) {
      broken.push(path);
      continue;
    }
    if (now.getTime() - Date.parse(header.takenAt) <= keepDays * dayMs) continue;
    if (!(await ownBackupKey(ownerUrl, header))) {
      foreign.push(path);
      continue;
    }
    const { places } = await keys.shred([header.keyId]);
    if (places.some(({ done }) => !done))
      throw new DataKeysError(
        'unavailable',
        `The key of ${name} stands in a place that could not be reached, so the backup stays. Try again once every place of the keys is there.`,
      );
    await rm(path, { recursive: true });
    removed.push(path);
  }
  return { removed, broken, foreign };
}
