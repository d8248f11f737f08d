/** Takes a sealed backup of the live database, from one snapshot while it goes on being written. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { withClient } from '#lib/platform/db/owner-client.ts';
import { newStreamKey } from '#lib/platform/sealed-stream.ts';
import { openSnapshot, takeBackup, type Backup } from '../drills/take-backup.ts';
import { writeHeader, type BackupHeader } from './backup-header.ts';
import { writeManifest } from './manifest.ts';
import { contextOf } from './open-backup.ts';
import { ownBackupKey } from './own-backup-key.ts';
import { wrapFor } from './recipient.ts';

export type BackUpOptions = {
  /** Of the live database's owner. */
  ownerUrl: string;
  /** The backup becomes a folder of its own in it. */
  parent: string;
  keys: Pick<DataKeys, 'make' | 'seal'>;
  /** Public key in hex of whoever may open it without the service; null for nobody. */
  recipient: string | null;
  now: Date;
  signal: AbortSignal;
  onTable: (done: number, all: number, rows: number) => void;
};

/** A table of many years takes its time; each stream looks itself whether anything still comes. */
const answerMs = 12 * 3_600_000;

/** Names sort by time. */
export const backupFolderForm = /^countersign-backup-\d{8}T\d{6}Z-[0-9a-f]{6}$/;
const folderName = (now: Date): string =>
  `countersign-backup-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;

/**
 * @returns the folder it made and what is in it. Where it fails or is interrupted nothing is left of it but the error.
 * @throws DrillProblem, DataKeysError, errors of the disk and of the database
 */
export async function backUp(
  options: BackUpOptions,
): Promise<{ path: string; header: BackupHeader; backup: Backup }> {
  const { parent, now, ownerUrl, signal, onTable } = options;
  // The key first: without the service nothing is copied at all.
  const { header, key } = await makeKey(options);
  if (!(await ownBackupKey(ownerUrl, header)))
    throw new Error('The key service made a key that is in use already.');
  const path = join(parent, folderName(now));
  await mkdir(path, { mode: 0o700 });
  try {
    const folder = { path, key };
    const backup = await withClient(ownerUrl, { name: 'backup', answerMs }, async (client) => {
      const snapshot = await openSnapshot(client);
      return takeBackup(client, snapshot, {
        folder,
        signal,
        onTable: (done, rows) => {
          onTable(done, snapshot.tables.length, rows);
        },
      });
    });
    await writeManifest(folder, backup);
    await writeHeader(path, header);
    return { path, header, backup };
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

async function makeKey({
  keys,
  recipient,
  now,
}: BackUpOptions): Promise<{ header: BackupHeader; key: Uint8Array }> {
  const id = randomUUID();
  const key = newStreamKey();
  const [keyId] = await keys.make(1);
  if (keyId === undefined) throw new Error('The key service made no key.');
  const [sealed] = await keys.seal([{ key: keyId, context: contextOf(id), plain: key }]);
  if (!sealed) throw new Error('The key service sealed nothing.');
  const header: BackupHeader = {
    type: 'countersign/backup/v1',
    id,
    takenAt: now.toISOString(),
    keyId,
    sealed: Buffer.from(sealed).toString('hex'),
    wrapped: recipient === null ? null : await wrapFor(recipient, id, key),
  };
  return { header, key };
}
