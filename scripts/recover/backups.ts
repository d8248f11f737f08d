/** The backups of a folder: those that are sound, and why the others are not. */
import { readArchive, ARCHIVE_BYTES_MAX, type ShareBackup } from '#lib/mpc/backup/archive.ts';
import { groupFingerprint, groupRecord, type GroupRecord } from '#lib/mpc/backup/group.ts';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import { readFolder } from './files.ts';

export type Backups = {
  archives: ShareBackup[];
  /** The file of each archive, by its digest. */
  files: Map<string, string>;
  /** By fingerprint of their group. */
  records: Map<string, GroupRecord>;
  /** One sentence per file that is not used. */
  unused: string[];
};

export function readBackups(folder: string): Backups {
  const archives = new Map<string, ShareBackup>();
  const records = new Map<string, GroupRecord>();
  const files = new Map<string, string>();
  const unused: string[] = [];
  for (const { name, bytes } of readFolder(folder, '.json', ARCHIVE_BYTES_MAX)) {
    const json = readStrictJson(bytes, ARCHIVE_BYTES_MAX);
    const record = json.ok ? groupRecord.safeParse(json.value) : null;
    if (record?.success) {
      records.set(groupFingerprint(record.data, record.data.group), record.data);
      continue;
    }
    const archive = readArchive(bytes);
    // Copies of one archive are one archive.
    if (archive.ok) {
      archives.set(archive.value.digest, archive.value);
      files.set(archive.value.digest, name);
    } else unused.push(`${name} is not used. ${archive.sentence}`);
  }
  return { archives: [...archives.values()], files, records, unused };
}
