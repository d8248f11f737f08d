/** A sealed share as the file that its custodians store. It holds no share in the clear. */
import { readArchive, writeArchive, type ShareBackup } from './archive.ts';

export type BackupFile = { name: string; text: string };

/** @returns null for an archive that is not whole, or larger than one may be. */
export function backupFile(archive: ShareBackup): BackupFile | null {
  const text = writeArchive(archive);
  if (!readArchive(Buffer.from(text)).ok) return null;
  return { name: `share-${archive.key}-${archive.party}-epoch-${archive.epoch}.json`, text };
}
