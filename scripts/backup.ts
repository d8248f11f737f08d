/** `npm run backup`: a sealed backup of the live database. */
import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { backUp } from '#lib/resilience/backups/back-up.ts';
import { makeRecipient } from '#lib/resilience/backups/recipient.ts';
import { removeOldBackups } from '#lib/resilience/backups/remove-old.ts';
import { reasonOf } from '#lib/resilience/drills/drill-problem.ts';
import { BACKUP_USAGE, readBackupCommand, type BackupCommand } from './backup/command.ts';
import { tablesTold } from './backup/tables-told.ts';
import { untilInterrupted } from './drill/interrupted.ts';
import { liveOwnerUrl } from './drill/live-database.ts';
import { sizeText } from './drill/words.ts';
import { ownerKeys } from './supervisor/owner-keys.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse } from './supervisor/usage.ts';

async function newRecipient(file: string): Promise<void> {
  const path = resolve(file);
  const { publicKey, privateKey } = await makeRecipient();
  try {
    writeFileSync(path, `${privateKey}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new Problem(
      `${path} can’t be written: name a file that is not there yet. ${codeOf(error)}`,
    );
  }
  console.log(`The private key is in ${path}. Keep it offline; it opens every backup made for`);
  console.log(publicKey);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? `(${String(error.code)})` : '';

async function takeOne({
  folder,
  recipient,
  keepDays,
}: Extract<BackupCommand, { kind: 'backup' }>): Promise<void> {
  const parent = resolve(folder);
  if (!statSync(parent, { throwIfNoEntry: false })?.isDirectory())
    throw misuse(`${parent} is no folder.`, BACKUP_USAGE);
  const settings = readSettings(process.env, { isDev: false });
  const ownerUrl = liveOwnerUrl(settings);
  const keys = ownerKeys(settings);
  const signal = untilInterrupted(() => {
    console.error('Interrupted: the backup ends, and what it wrote is removed.');
  });
  try {
    const told = tablesTold();
    const { path, backup } = await backUp({
      ownerUrl,
      parent,
      keys,
      recipient,
      now: new Date(),
      signal,
      onTable: (done, all, rows) => {
        told('copied', done, all, rows);
      },
    });
    const rows = backup.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = backup.tables.reduce((sum, table) => sum + table.bytes, 0);
    console.log(`${rows} rows of ${backup.tables.length} tables (${sizeText(bytes)}), sealed, in`);
    console.log(path);
    if (keepDays === null) return;
    const { removed, broken, foreign } = await removeOldBackups(parent, {
      keepDays,
      now: new Date(),
      keys,
      ownerUrl,
    });
    for (const gone of removed) console.log(`Ended: ${gone}`);
    for (const odd of broken) console.log(`No whole backup, left alone: ${odd}`);
    for (const odd of foreign)
      console.log(
        `Left alone, since it names a key of something else. Find out who wrote it: ${odd}`,
      );
  } catch (error) {
    if (error instanceof DataKeysError) throw new Problem(error.message);
    throw new Problem(`No backup was made. ${reasonOf(error, 'the live database was copied')}`);
  } finally {
    keys.close();
  }
}

try {
  const words = process.argv.slice(2);
  if (asksForHelp(words)) console.log(BACKUP_USAGE);
  else {
    const command = readBackupCommand(words);
    await (command.kind === 'new-recipient' ? newRecipient(command.file) : takeOne(command));
  }
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
