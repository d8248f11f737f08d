/** Opens the sealed backups below a folder and looks through every table in them. */
import { opendir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DataKeysError, type DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { backupFolderForm } from '#lib/resilience/backups/back-up.ts';
import { readHeader } from '#lib/resilience/backups/backup-header.ts';
import { openBackup } from '#lib/resilience/backups/open-backup.ts';
import { readSealed } from '#lib/resilience/backups/sealed-folder.ts';
import type { Needle } from './needles.ts';
import type { Places } from './place.ts';
import { valuesInStream } from './scan-files.ts';

export type BackupsCount = {
  opened: number;
  /** Whose key was destroyed: nobody opens them by the service. */
  closed: number;
  /** What could not be opened for another reason: a place that can't be looked at is not clean. */
  unread: string[];
};

type Options = {
  keys: Pick<DataKeys, 'open' | 'missing'>;
  needles: readonly Needle[];
  places: Places;
  signal: AbortSignal;
  report: (line: string) => void;
};

/**
 * What is sealed within a backup is not opened a second time: the keys of it are those of the live database, and what
 * they open is looked through there.
 */
export async function scanBackups(folder: string, options: Options): Promise<BackupsCount> {
  const count: BackupsCount = { opened: 0, closed: 0, unread: [] };
  for await (const path of backupsIn(folder)) {
    const name = relative(folder, path);
    try {
      const { keyId } = await readHeader(path);
      if ((await options.keys.missing([keyId])).length > 0) {
        count.closed += 1;
        continue;
      }
      await scanBackup(path, name, options);
      count.opened += 1;
    } catch (error) {
      if (options.signal.aborted || isAway(error)) throw error;
      count.unread.push(name);
    }
  }
  return count;
}

const isAway = (error: unknown): boolean =>
  error instanceof DataKeysError && error.fault === 'unavailable';

async function* backupsIn(folder: string): AsyncGenerator<string> {
  let entries;
  try {
    entries = await opendir(folder);
  } catch {
    // Whoever looks through the files of this folder says that it can't be read.
    return;
  }
  for await (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    if (backupFolderForm.test(entry.name)) yield path;
    else yield* backupsIn(path);
  }
}

async function scanBackup(path: string, name: string, options: Options): Promise<void> {
  const { needles, places, signal, report, keys } = options;
  const { folder, backup } = await openBackup(path, { by: 'service', keys });
  for (const table of backup.tables) {
    signal.throwIfAborted();
    const found = await valuesInStream(readSealed(folder, table.name), needles, () => undefined);
    report(`${name}: ${table.name}`);
    if (found.size > 0)
      places.add({
        sort: 'backup',
        where: `${name} ${table.name}`,
        row: null,
        values: [...found].toSorted((a, b) => a - b),
      });
  }
}
