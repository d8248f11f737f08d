/** `npm run privacy:scan`: looks for plain values in everything the product stores. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { needlesOf } from '#lib/privacy/scan/needles.ts';
import { NAMED_MAX, Places, type Place } from '#lib/privacy/scan/place.ts';
import { scanBackups } from '#lib/privacy/scan/scan-backups.ts';
import { scanFiles, type FilesCount } from '#lib/privacy/scan/scan-files.ts';
import { scanSealed } from '#lib/privacy/scan/scan-sealed.ts';
import { scanTables } from '#lib/privacy/scan/scan-tables.ts';
import { sealedColumns } from '#lib/privacy/scan/sealed-columns.ts';
import { untilInterrupted } from './drill/interrupted.ts';
import { liveOwnerUrl } from './drill/live-database.ts';
import { exitCodeOf, readScanCommand, SCAN_USAGE } from './privacy-scan/command.ts';
import { ownerKeys } from './supervisor/owner-keys.ts';
import { describe } from './supervisor/problem.ts';
import { readSettings, type Settings } from './supervisor/settings.ts';
import { asksForHelp, misuse } from './supervisor/usage.ts';

function readFolders(settings: Settings, more: readonly string[]): string[] {
  const folders = [settings.data, ...more.map((folder) => resolve(folder))];
  for (const folder of folders)
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw misuse(`${folder} is no folder.`, SCAN_USAGE);
  return folders;
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(SCAN_USAGE);
    return 0;
  }
  const command = readScanCommand(words, () => readFileSync(0, 'utf8'));
  const settings = readSettings(process.env, { isDev: false });
  const ownerUrl = liveOwnerUrl(settings);
  const folders = readFolders(settings, command.folders);
  const keys = ownerKeys(settings);
  const signal = untilInterrupted(() => console.error('Interrupted: nothing was said.'));
  const needles = needlesOf(command.values);
  const places = new Places();
  const report = progress(command.isJson);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const tables = await scanTables(client, { needles, places, signal, report });
    const sealed = await scanSealed(client, sealedColumns, {
      keys,
      needles,
      places,
      signal,
      report,
    });
    const files: FilesCount[] = [];
    for (const folder of folders)
      files.push(await scanFiles(folder, { needles, places, signal, report }));
    const backups = [];
    for (const folder of folders)
      backups.push(await scanBackups(folder, { keys, needles, places, signal, report }));
    const unread = [
      ...sealed.broken.places.map(
        ({ where, count }) => `${count} sealed in ${where}, which can’t be opened`,
      ),
      ...[...files, ...backups].flatMap((one) => one.unread),
    ];
    const counts = {
      ...tables,
      sealed: sealed.opened,
      shredded: sealed.shredded,
      files: files.reduce((sum, one) => sum + one.files, 0),
      bytes: files.reduce((sum, one) => sum + one.bytes, 0),
      backups: backups.reduce((sum, one) => sum + one.opened, 0),
      closedBackups: backups.reduce((sum, one) => sum + one.closed, 0),
    };
    if (command.isJson)
      console.log(JSON.stringify({ found: places.count, places: places.named, unread, ...counts }));
    else tell(places, unread, counts);
    return exitCodeOf({ found: places.count, unread });
  } finally {
    await client.end();
    keys.close();
  }
}

function tell(
  places: Places,
  unread: readonly string[],
  counts: {
    tables: number;
    rows: number;
    sealed: number;
    shredded: number;
    files: number;
    backups: number;
  },
): void {
  for (const place of places.named) console.log(`Found: ${placeText(place)}.`);
  if (places.count > places.named.length)
    console.log(
      `Found: ${places.count - places.named.length} places more; of each column or folder ${NAMED_MAX} are named.`,
    );
  for (const path of unread) console.error(`Could not be read: ${path}.`);
  const { tables, rows, sealed, shredded, files, backups } = counts;
  console.log(
    `Looked at ${rows} rows in ${tables} tables, ${sealed} sealed values (${shredded} more can’t be opened by anybody), ${files} files, ${backups} backups.`,
  );
  if (places.count === 0)
    console.log(
      unread.length === 0
        ? 'None of the values was found.'
        : 'None of the values was found where it could be looked; what could not be read is named above.',
    );
}

const sorts = {
  table: 'in the table',
  sealed: 'sealed in',
  file: 'in the file',
  backup: 'in the backup',
} as const;

const placeText = ({ sort, where, row, values }: Place): string =>
  `value ${values.map((value) => value + 1).join(', ')} ${sorts[sort]} ${where}${row === null ? '' : `, row ${row}`}`;

/** A line every second at most; nothing where another program reads. */
function progress(isQuiet: boolean): (line: string) => void {
  let last = Date.now();
  return (line) => {
    if (isQuiet || Date.now() - last < 1_000) return;
    last = Date.now();
    console.error(`  ${line}`);
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
