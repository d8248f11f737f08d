/** `npm run drill:restore`: takes a backup of the live database, restores it beside, and proves it equal. */
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findJournalFaults } from '#lib/ledger/find-faults.ts';
import { recomputeBalances } from '#lib/ledger/recompute-balances.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { findUnprovedClosings } from '#lib/reconciliation/breaks/find-unproved-closings.ts';
import { findUnprovedCorrections } from '#lib/reconciliation/corrections/find-unproved.ts';
import {
  runRestoreDrill,
  type BooksCheck,
  type RestoreDrill,
} from '#lib/resilience/drills/restore-drill.ts';
import { untilInterrupted } from './drill/interrupted.ts';
import { liveOwnerUrl } from './drill/live-database.ts';
import { durationText, sizeText } from './drill/words.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse, optionFault } from './supervisor/usage.ts';

const USAGE = `npm run drill:restore                      backs the live database up, restores it into a second server, compares
npm run drill:restore -- --folder PATH     with backup and second server below this folder for as long as it runs
The live database is only read, except for the record of the drill. It ends with 0 when both are equal and every
rule holds, with 1 when not or when it could not be carried through.`;

/** DORA Art 12(7): what is recovered is checked and reconciled before anybody works with it. */
const checks: readonly BooksCheck[] = [
  {
    name: 'totals of accounts',
    find: async (db: Database) =>
      (await recomputeBalances(db)).examples.map(
        ({ account }) => `The totals of ${account} are not the sums of its lines.`,
      ),
  },
  { name: 'journals, holds and corrections', find: findJournalFaults },
  { name: 'signatures of corrections', find: findUnprovedCorrections },
  { name: 'signatures of closed breaks', find: findUnprovedClosings },
];

function readFolder(words: readonly string[]): string {
  let folder: string;
  try {
    const { values } = parseArgs({ args: [...words], options: { folder: { type: 'string' } } });
    folder = resolve(values.folder ?? tmpdir());
  } catch (error) {
    throw optionFault(error, USAGE);
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw misuse(`${folder} is no folder.`, USAGE);
  return folder;
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const folder = readFolder(words);
  const ownerUrl = liveOwnerUrl(readSettings(process.env, { isDev: false }));
  const signal = untilInterrupted(() => {
    console.error('Interrupted: the drill ends, and what it made is removed.');
  });
  const drill = await runRestoreDrill({
    ownerUrl,
    folder,
    checks,
    signal,
    onProgress: (line) => {
      console.log(line);
    },
  });
  tell(drill);
  return drill.record.reason === null && drill.digest !== null ? 0 : 1;
}

function tell({ record, faults, digest, unrecorded }: RestoreDrill): void {
  for (const fault of faults.slice(0, 20)) console.error(`Wrong: ${fault}`);
  const { reason, rtoMs, rpoMs, facts } = record;
  const { rows, backupBytes, tables } = facts as {
    rows?: number;
    backupBytes?: number;
    tables?: unknown[];
  };
  if (reason === null)
    console.log(
      `Equal: ${rows ?? 0} rows in ${tables?.length ?? 0} tables (${sizeText(backupBytes ?? 0)}), and every rule holds.`,
    );
  else console.error(`The drill failed. ${reason}`);
  if (rtoMs !== null)
    console.log(`Recovered in ${durationText(rtoMs)}, from an empty server to the last check.`);
  if (rpoMs !== null) console.log(`The backup took ${durationText(rpoMs)} from its snapshot on.`);
  if (digest === null)
    console.error(`The drill is not on record: ${unrecorded ?? 'no reason was given.'}`);
  else console.log(`On record as ${record.id}, evidence ${digest}.`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Problem ? error.message : describe(error));
  process.exitCode = 1;
}
