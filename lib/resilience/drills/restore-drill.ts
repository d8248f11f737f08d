/**
 * The drill of a restore: a backup of the live database from one snapshot while it goes on being written, restored into a
 * second server beside it, and proved equal. It reads of the live database and writes nothing there but its record.
 */
import { statfs } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import type { EmbeddedPostgres } from '#lib/platform/db/embedded.ts';
import { withClient } from '#lib/platform/db/owner-client.ts';
import { checkAuditLeaves, checkReferences, proveGuards } from './check-restored.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { compareDatabases, type Comparison } from './compare-databases.ts';
import { DrillProblem } from './drill-problem.ts';
import { Phases } from './phases.ts';
import { digestOfLines } from './read-schema.ts';
import { settle } from './read-tables.ts';
import { recordDrill, type DrillRecord } from './record-drill.ts';
import { restoreBackup } from './restore-backup.ts';
import { makeDrillFolder, prepareSchema, type DrillFolder } from './second-server.ts';
import { openSnapshot, takeBackup, type Backup } from './take-backup.ts';

/** A rule of the restored books; `find` answers with a sentence for each fault. */
export type BooksCheck = { name: string; find: (db: Database) => Promise<string[]> };

export type RestoreDrillOptions = {
  /** Of the live database's owner. */
  ownerUrl: string;
  /** Where the backup and the second server lie while the drill runs. */
  folder: string;
  checks: readonly BooksCheck[];
  /** Interrupts it: everything is cleaned up and the drill is recorded as failed. */
  signal: AbortSignal;
  onProgress: (line: string) => void;
  /** Settings of the second server, such as `{ fsync: 'off' }` in tests. */
  serverSettings?: Readonly<Record<string, string>>;
  /** Called with the restored database's address before it is compared; for tests that tamper with it. */
  onRestored?: (ownerUrl: string) => Promise<void>;
};

export type RestoreDrill = {
  record: DrillRecord;
  /** What was not as it should be; none for a drill that passed or could not be carried through. */
  faults: string[];
  /** Null where it could not be written. */
  digest: string | null;
  /** Why it could not be written. */
  unrecorded: string | null;
};

/** Copying a table of many years takes its time; each stream looks itself whether anything still comes. */
const answerMs = 12 * 3_600_000;
const checkMs = 30 * 60_000;
/** Backup, restored tables with indexes, and the log of writing them, against the size of the live database. */
const roomFactor = 4;
const roomLeast = 500 * 1_000_000;
/** A server needs whole files of 16 MB for its log. */
const fullBelow = 32 * 1_000_000;
const faultsKept = 50;
/** Of the time in which nobody works: from an empty machine to a database that people may trust. */
const recovery = ['server', 'schema', 'restore', 'compare', 'check'];
/** Any constant: two drills of one database would only measure each other. */
const drillLock = 7_305_801_128_280;

type Seen = {
  backup: Backup | null;
  comparison: Comparison | null;
  checks: unknown[];
  faults: string[];
};

/** Never throws: what keeps it from being carried through is the record's reason. */
export async function runRestoreDrill(options: RestoreDrillOptions): Promise<RestoreDrill> {
  const startedAt = new Date();
  const phases = new Phases(options.signal);
  const seen: Seen = { backup: null, comparison: null, checks: [], faults: [] };
  let reason: string | null = null;
  try {
    await carryThrough(options, phases, seen);
    reason = reasonOfFaults(seen.faults);
  } catch (error) {
    reason = phases.reasonOf(error);
  }
  const { backup, comparison } = seen;
  const record: DrillRecord = {
    id: randomUUID(),
    kind: 'restore',
    startedAt,
    endedAt: new Date(),
    reason,
    rtoMs: reason === null ? phases.sum(recovery) : null,
    rpoMs: backup === null ? null : backup.endedAt.getTime() - backup.snapshotAt.getTime(),
    facts: {
      phases: phases.done,
      ...(backup === null ? {} : factsOf(backup, options)),
      ...(comparison === null ? {} : comparisonFacts(backup, comparison)),
      checks: seen.checks,
      faults: seen.faults.slice(0, faultsKept),
      faultCount: seen.faults.length,
    },
  };
  return { record, faults: seen.faults, ...(await keep(record, options)) };
}

async function carryThrough(
  options: RestoreDrillOptions,
  phases: Phases,
  seen: Seen,
): Promise<void> {
  const { onProgress } = options;
  for (const line of await clearLeftovers(options.folder)) onProgress(line);
  const folder = await makeDrillFolder(options.folder);
  try {
    seen.backup = await backUp(options, phases, folder);
    const { backup } = seen;
    onProgress('Starting a second server …');
    const server = await phases.run('server', 'the second server was started', () =>
      folder.startServer(options.serverSettings ?? {}),
    );
    onProgress('Giving it the schema …');
    await phases.run('schema', 'the second database got its schema', () => prepareSchema(server));
    await restore(options, phases, { folder, backup, server });
    await options.onRestored?.(server.ownerUrl);
    seen.comparison = await compare(options, phases, { backup, server });
    seen.faults.push(...seen.comparison.differences);
    await check(options, phases, server, seen);
  } catch (error) {
    // A server whose disk is full ends without a word of it; what is left tells.
    if (error instanceof DrillProblem || (await freeBytes(folder.path)) > fullBelow) throw error;
    throw Object.assign(new Error('no space is left', { cause: error }), { code: 'ENOSPC' });
  } finally {
    onProgress('Removing the second server and the backup …');
    await folder.remove();
  }
}

async function backUp(
  { ownerUrl, folder: parent, onProgress, signal }: RestoreDrillOptions,
  phases: Phases,
  folder: DrillFolder,
): Promise<Backup> {
  return withClient(ownerUrl, { name: 'drill', answerMs }, async (client) => {
    const { rows } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1::bigint) as free',
      [drillLock],
    );
    if (rows[0]?.free !== true)
      throw new DrillProblem('Another drill of this database is under way. Wait for its end.');
    const snapshot = await phases.run('snapshot', 'the snapshot was taken', () =>
      openSnapshot(client),
    );
    await requireRoom(parent, snapshot.databaseBytes);
    onProgress(`Backing up ${snapshot.tables.length} tables from one snapshot …`);
    const onTable = tell(onProgress, snapshot.tables.length, 'backed up');
    return phases.run('backup', 'the live database was read', () =>
      takeBackup(client, snapshot, { folder: folder.backup, signal, onTable }),
    );
  });
}

async function requireRoom(folder: string, databaseBytes: number): Promise<void> {
  const problem = roomProblem(await freeBytes(folder), databaseBytes, folder);
  if (problem !== null) throw new DrillProblem(problem);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Whether there is room for a drill, or a sentence that says how much is missing. Pure. */
export function roomProblem(free: number, databaseBytes: number, folder: string): string | null {
  const needed = databaseBytes * roomFactor + roomLeast;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  return free >= needed
    ? null
    : `${folder} has ${megabytes(free)} left, and a drill of this database needs ${megabytes(needed)}. Free some space, or name another folder with --folder.`;
}

async function restore(
  { onProgress, signal }: RestoreDrillOptions,
  phases: Phases,
  { folder, backup, server }: { folder: DrillFolder; backup: Backup; server: EmbeddedPostgres },
): Promise<void> {
  onProgress(`Restoring ${total(backup)} rows …`);
  const onTable = tell(onProgress, backup.tables.length, 'restored');
  await phases.run('restore', 'the backup was put into the second database', () =>
    withClient(server.ownerUrl, { name: 'drill', answerMs }, (client) =>
      restoreBackup(client, backup, { folder: folder.backup, signal, onTable }),
    ),
  );
}

async function compare(
  { onProgress, signal }: RestoreDrillOptions,
  phases: Phases,
  { backup, server }: { backup: Backup; server: EmbeddedPostgres },
): Promise<Comparison> {
  onProgress('Comparing every row of both …');
  const onTable = tell(onProgress, backup.tables.length, 'compared');
  return phases.run('compare', 'both databases were compared', () =>
    withClient(server.ownerUrl, { name: 'drill', answerMs }, async (client) => {
      await settle(client);
      return compareDatabases(client, backup, { signal, onTable });
    }),
  );
}

async function check(
  { checks, onProgress }: RestoreDrillOptions,
  phases: Phases,
  { ownerUrl }: EmbeddedPostgres,
  seen: Seen,
): Promise<void> {
  const note = (name: string, found: readonly string[], more: object = {}): void => {
    seen.checks.push({ name, faults: found.length, ...more });
    seen.faults.push(...found);
    onProgress(`  ${name}: ${found.length === 0 ? 'holds' : `${found.length} faults`}`);
  };
  onProgress('Checking what was restored …');
  await phases.run('check', 'the restored database was checked', async () => {
    await withClient(ownerUrl, { name: 'drill', answerMs: checkMs }, async (client) => {
      note('references', await checkReferences(client));
      note('audit trail', await checkAuditLeaves(client));
      const { tables, attempts, faults } = await proveGuards(client);
      note('append-only guards', faults, { tables, attempts });
    });
    const db = databaseFor(ownerUrl, { statementTimeoutMs: checkMs });
    try {
      for (const { name, find } of checks) note(name, await find(db));
    } finally {
      await db.$disconnect();
    }
  });
}

const total = ({ tables }: Backup): number => tables.reduce((sum, { rows }) => sum + rows, 0);

/** A line after each tenth of the tables, and after each large one. */
function tell(
  onProgress: (line: string) => void,
  tables: number,
  word: string,
): (done: number, rows: number) => void {
  let told = 0;
  let all = 0;
  return (done, rows) => {
    all += rows;
    const tenths = Math.floor((done * 10) / tables);
    if (tenths === told && rows < 1_000_000) return;
    told = tenths;
    onProgress(`  ${done} of ${tables} tables, ${all} rows ${word}`);
  };
}

function reasonOfFaults(faults: readonly string[]): string | null {
  const [first] = faults;
  if (first === undefined) return null;
  const more = faults.length > 1 ? ` ${faults.length - 1} more are in the evidence.` : '';
  return `What was restored is not what it should be. ${first.slice(0, 600)}${more}`;
}

function factsOf(backup: Backup, { ownerUrl }: RestoreDrillOptions): object {
  const { snapshotAt, endedAt, newestAt, version, databaseBytes, tables, sequences } = backup;
  return {
    snapshotAt: snapshotAt.toISOString(),
    backupEndedAt: endedAt.toISOString(),
    newestEntryAt: newestAt?.toISOString() ?? null,
    newestEntryAgeMs: newestAt === null ? null : snapshotAt.getTime() - newestAt.getTime(),
    serverVersion: version,
    // Where the live database lies on this very machine, a loss of the machine is not drilled.
    sameMachine: isLocal(ownerUrl),
    databaseBytes,
    rows: total(backup),
    backupBytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    migrations: backup.migrations.length,
    newestMigration: backup.migrations.at(-1)?.split(' ')[0] ?? null,
    schemaDigest: digestOfLines(backup.schema),
    digestsOver:
      'every column in the order of their names, rows by primary key, as COPY writes them; SHA-256',
    tables: tables.map(({ name, rows, bytes, digest }) => ({ name, rows, bytes, digest })),
    sequences: sequences.map(({ name, last }) => ({ name, last })),
  };
}

function isLocal(ownerUrl: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]', ''].includes(new URL(ownerUrl).hostname);
}

/** Digests of the restored side are kept where they are others; elsewhere they are those above. */
function comparisonFacts(backup: Backup | null, { tables, schemaDigest }: Comparison): object {
  const same = new Set(backup?.tables.map(({ name, digest }) => `${name} ${digest}`));
  return {
    restoredTables: tables.length,
    restoredSchemaDigest: schemaDigest,
    restoredOtherwise: tables.filter(({ name, digest }) => !same.has(`${name} ${digest}`)),
  };
}

async function keep(
  record: DrillRecord,
  { ownerUrl }: RestoreDrillOptions,
): Promise<Pick<RestoreDrill, 'digest' | 'unrecorded'>> {
  const db = databaseFor(ownerUrl, { poolSize: 1 });
  try {
    const { digest } = await recordDrill(db, record);
    return { digest, unrecorded: null };
  } catch (error) {
    return { digest: null, unrecorded: new Phases(new AbortController().signal).reasonOf(error) };
  } finally {
    await db.$disconnect().catch(() => undefined);
  }
}
