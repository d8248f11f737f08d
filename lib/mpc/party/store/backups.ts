/** Which shares this party sealed for its custodians, with the archives it answered. */
import { shareBackup, type ShareBackup } from '../../backup/archive.ts';
import { integerOf, textOf, type Database } from './database.ts';

/** Identifies one backup: of one epoch, sealed to one recovery key (hex). */
export type BackupOf = { key: string; epoch: number; groupKey: string };

/** Keeps the newest archive of an epoch for a group; joins the caller's commit. */
export function keepBackup(
  database: Database,
  { key, epoch, groupKey }: BackupOf,
  of: { operation: string; archive: ShareBackup },
): void {
  database.run(
    `insert into backups (key, epoch, group_key, operation, archive, sealed_at)
     values (?, ?, ?, ?, ?, ?)
     on conflict (key, epoch, group_key) do update set
       operation = excluded.operation, archive = excluded.archive, sealed_at = excluded.sealed_at`,
    key,
    epoch,
    groupKey,
    of.operation,
    JSON.stringify(of.archive),
    of.archive.madeAt,
  );
}

/** True once this operation sealed exactly this. */
export function hasBackup(
  database: Database,
  { key, epoch, groupKey }: BackupOf,
  operation: string,
): boolean {
  const row = database.one(
    `select 1 as n from backups
     where key = ? and epoch = ? and group_key = ? and operation = ?`,
    key,
    epoch,
    groupKey,
    operation,
  );
  return row !== null;
}

/** The archive that an operation made here, or null. */
export function findBackupOf(database: Database, operation: string): ShareBackup | null {
  const row = database.one(
    'select archive from backups where operation = ? order by sealed_at desc limit 1',
    operation,
  );
  return row && shareBackup.parse(JSON.parse(textOf(row, 'archive')));
}

/** @returns the highest epoch that was sealed to this recovery key, or null for none. */
export function backedUpEpoch(database: Database, key: string, groupKey: string): number | null {
  const row = database.one(
    'select epoch from backups where key = ? and group_key = ? order by epoch desc limit 1',
    key,
    groupKey,
  );
  return row && integerOf(row, 'epoch');
}
