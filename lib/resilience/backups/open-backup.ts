/** Opens a backup: by the data-key service, or by a private key that was kept offline. */
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { DrillProblem } from '../drills/drill-problem.ts';
import type { Backup } from '../drills/take-backup.ts';
import { readHeader, type BackupHeader } from './backup-header.ts';
import { readManifest } from './manifest.ts';
import { unwrapWith } from './recipient.ts';
import type { SealedFolder } from './sealed-folder.ts';

export type BackupOpener =
  | { by: 'service'; keys: Pick<DataKeys, 'open'> }
  | { by: 'private-key'; privateKey: string };

export type OpenBackup = { header: BackupHeader; folder: SealedFolder; backup: Backup };

export const contextOf = (id: string): string => `backup/${id}`;

/**
 * @throws DrillProblem where it is none, or was made for another key; DataKeysError where the service can't be
 *   reached; SealedStreamError where it was changed.
 */
export async function openBackup(path: string, opener: BackupOpener): Promise<OpenBackup> {
  const header = await readHeader(path);
  const folder = { path, key: await keyOf(header, opener) };
  return { header, folder, backup: await readManifest(folder) };
}

async function keyOf(header: BackupHeader, opener: BackupOpener): Promise<Uint8Array> {
  if (opener.by === 'service') {
    const sealed = new Uint8Array(Buffer.from(header.sealed, 'hex'));
    const [opened] = await opener.keys.open([{ context: contextOf(header.id), sealed }]);
    if (opened?.state === 'open') return opened.plain;
    throw new DrillProblem(
      'The key of this backup was destroyed at the data-key service, as is done when its time is over. Nobody opens it by the service any more.',
    );
  }
  if (header.wrapped === null)
    throw new DrillProblem(
      'This backup was made without a recipient; only the data-key service opens it.',
    );
  const key = await unwrapWith(opener.privateKey, header.id, header.wrapped);
  if (key === null)
    throw new DrillProblem(
      `This private key does not open the backup, which was made for ${header.wrapped.recipient}.`,
    );
  return key;
}
