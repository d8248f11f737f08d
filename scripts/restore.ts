/** `npm run restore`: puts a sealed backup into an empty database. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { openBackup, type BackupOpener } from '#lib/resilience/backups/open-backup.ts';
import { putBack } from '#lib/resilience/backups/put-back.ts';
import { reasonOf } from '#lib/resilience/drills/drill-problem.ts';
import { tablesTold } from './backup/tables-told.ts';
import { untilInterrupted } from './drill/interrupted.ts';
import { liveOwnerUrl } from './drill/live-database.ts';
import { replaceSandboxDatabase } from './restore/sandbox-database.ts';
import { callingKeys } from './supervisor/owner-keys.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse, optionFault } from './supervisor/usage.ts';

const USAGE = `npm run restore -- FOLDER                      puts the backup of that folder into an empty database
npm run restore -- FOLDER --private-key FILE   opens it with its recipient’s key, without the data-key service

Of a sandbox that is stopped the database is replaced; the one of before is kept beside it. In production DATABASE_URL
names an empty database that becomes the live one, and the console is not running. Who was erased since the backup was
taken is erased again before anything is served.`;

function readWords(words: readonly string[]): { folder: string; privateKeyFile: string | null } {
  let read;
  try {
    read = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { 'private-key': { type: 'string' } },
    });
  } catch (error) {
    throw optionFault(error, USAGE);
  }
  const [folder, ...rest] = read.positionals;
  if (folder === undefined || rest.length > 0)
    throw misuse('Name one folder, which `npm run backup` made.', USAGE);
  return { folder: resolve(folder), privateKeyFile: read.values['private-key'] ?? null };
}

function readPrivateKey(file: string): string {
  const path = resolve(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch {
    throw new Problem(`${path} can’t be read.`);
  }
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Problem(`${path} holds no private key of a recipient.`);
  return text;
}

async function main(words: readonly string[]): Promise<void> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return;
  }
  const { folder, privateKeyFile } = readWords(words);
  const privateKey = privateKeyFile === null ? null : readPrivateKey(privateKeyFile);
  const settings = readSettings(process.env, { isDev: false });
  const signal = untilInterrupted(() => {
    console.error('Interrupted: nothing is put back.');
  });
  const work = async (ownerUrl: string): Promise<void> => {
    const keys = privateKey === null ? callingKeys(settings) : null;
    const opener: BackupOpener =
      keys === null ? { by: 'private-key', privateKey: privateKey ?? '' } : { by: 'service', keys };
    try {
      const opened = await openBackup(folder, opener);
      console.log(`A backup of ${opened.header.takenAt}, ${opened.backup.tables.length} tables.`);
      const told = tablesTold();
      const faults = await putBack(ownerUrl, opened, { signal, onTable: told });
      for (const fault of faults.slice(0, 20)) console.error(`Wrong: ${fault}`);
      if (faults.length > 0)
        throw new Problem('What was put back is not what was backed up. Do not use it.');
    } finally {
      keys?.close();
    }
  };
  try {
    if (settings.databaseUrl === null && settings.mode === 'sandbox') {
      const aside = await replaceSandboxDatabase(settings, work);
      console.log('Equal in every row. The database of before is kept in');
      console.log(aside);
      console.log('`npm start` erases again who was erased since, and serves.');
      return;
    }
    const ownerUrl = liveOwnerUrl(settings);
    await migrate(ownerUrl);
    await work(ownerUrl);
    console.log('Equal in every row. Start the console: it erases again who was erased since.');
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof DataKeysError) throw new Problem(error.message);
    throw new Problem(`Nothing was put back. ${reasonOf(error, 'the backup was put back')}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
