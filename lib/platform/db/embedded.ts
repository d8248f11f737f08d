/**
 * The embedded PostgreSQL: a real server over a folder of ours, reachable over loopback with a
 * password only. The caller watches it and stops it.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  writeFile,
  chown,
  chmod,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { clearOrphan, noteStarter } from './orphaned-server.ts';
import { withClient } from './owner-client.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { chooseServerAccount, type ServerAccount } from './server-account.ts';
import { DatabaseStartError, explainExit } from './start-error.ts';

const run = promisify(execFile);

/** Name of the database that is made on the first start. */
const databaseName = 'countersign';
const startTimeoutMs = 60_000;
/** For asking a server that may still be starting; it is asked again. */
const askMs = { connectMs: 2_000, answerMs: 2_000 };
/** Backends of a server that was killed hold its shared memory for a moment. */
const sharedMemoryPatienceMs = 10_000;
const fastStopMs = 15_000;
const logTailCharacters = 4000;
/** What initdb makes before the file that tells the version: these folders, without a file in them (initdb.c). */
const ofAnUnfinishedStart: ReadonlySet<string> = new Set(
  'base global pg_commit_ts pg_dynshmem pg_logical pg_multixact pg_notify pg_replslot pg_serial pg_snapshots pg_stat pg_stat_tmp pg_subtrans pg_tblspc pg_twophase pg_wal pg_xact'.split(
    ' ',
  ),
);

export type EmbeddedOptions = {
  /** Created when it does not exist. */
  dataDir: string;
  port: number;
  /** Of the owner; must be the same at every start over the same folder. */
  password: string;
  onLog: (line: string) => void;
  /** Server settings beside ours, such as `{ fsync: 'off' }` for throw-away servers. */
  settings?: Readonly<Record<string, string>>;
};

export type EmbeddedPostgres = {
  /** Owner of the database; for migrations and roles only. */
  ownerUrl: string;
  pid: number;
  /** Settles when the server process has ended, for whatever reason. */
  exited: Promise<void>;
  /** Ends the server in order: sessions are cut, nothing committed is lost. Doing it twice is harmless. */
  stop(): Promise<void>;
};

/**
 * Starts the server, making its folder and database on the first start. A folder that holds something else stays as it is.
 * @throws DatabaseStartError with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const isNew = !existsSync(join(dataDir, 'PG_VERSION'));
  if (isNew) await refuseOtherContents(dataDir);
  const account = await chooseServerAccount([dataDir, binaries.postgres]);
  await giveFolder(dataDir, account);
  if (isNew) await initialise(dataDir, binaries, account, options);
  await clearOrphan(dataDir);
  await noteStarter(dataDir);
  const ownerUrl = (database: string): string =>
    `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  const server = await launch(dataDir, binaries, account, options, ownerUrl('postgres'));
  try {
    await ensureDatabase(ownerUrl('postgres'));
  } catch (error) {
    await stopServer(server.child, server.exited);
    throw error;
  }
  return {
    ownerUrl: ownerUrl(databaseName),
    pid: server.child.pid ?? 0,
    exited: server.exited,
    stop: () => stopServer(server.child, server.exited),
  };
}

/**
 * A folder without a database is handed to another account, and emptied when no database could be made in it. So it
 * must hold nothing, or what a first start that was cut off had begun.
 */
async function refuseOtherContents(dataDir: string): Promise<void> {
  const other = await findOther(dataDir);
  if (other === undefined) return;
  throw new DatabaseStartError(
    'folder-taken',
    `${dataDir} is to hold the database and holds something else already (${other.slice(0, 60)}). Name an empty folder, or one that is not there yet.`,
  );
}

/** Name of the first thing in it that no start of ours has left there. */
async function findOther(dataDir: string): Promise<string | undefined> {
  for (const name of await readdir(dataDir)) {
    if (!ofAnUnfinishedStart.has(name)) return name;
    const entry = await lstat(join(dataDir, name));
    if (!entry.isDirectory()) return name;
    const inside = await readdir(join(dataDir, name), { recursive: true, withFileTypes: true });
    if (!inside.every((one) => one.isDirectory())) return name;
  }
  return undefined;
}

/** A folder that another account made (root then, a user now) is handed over whole. */
async function giveFolder(dataDir: string, { owner }: ServerAccount): Promise<void> {
  if (owner === null || (await stat(dataDir)).uid === owner.uid) return;
  await run('chown', ['-R', `${owner.uid}:${owner.gid}`, dataDir]);
}

async function initialise(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  options: EmbeddedOptions,
): Promise<void> {
  // What is there was begun by a first start that was cut off, and initdb wants an empty folder.
  for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-initdb-'));
  const passwordFile = join(folder, 'password');
  try {
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    if (account.owner) {
      await chown(passwordFile, account.owner.uid, account.owner.gid);
      await chown(folder, account.owner.uid, account.owner.gid);
    }
    const command = [
      ...account.prefix,
      binaries.initdb,
      `--pgdata=${dataDir}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
      ...(options.settings?.['fsync'] === 'off' ? ['--no-sync'] : []),
    ];
    await run(command[0] ?? '', command.slice(1), {
      ...account.ids,
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch (error) {
    // A half-made folder would look like a finished one to the next start.
    await rm(dataDir, { recursive: true, force: true });
    throw explainExit(String((error as { stderr?: unknown }).stderr ?? error), options.port);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await chmod(dataDir, 0o700);
}

type Running = { child: ChildProcess; exited: Promise<void> };

async function launch(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  options: EmbeddedOptions,
  url: string,
): Promise<Running> {
  const patience = Date.now() + sharedMemoryPatienceMs;
  for (;;) {
    const attempt = spawnServer(dataDir, binaries, account, options);
    const up = await waitUntilReady(attempt, url, dataDir);
    if (up === 'ready') return attempt;
    if (up === 'password-wrong') {
      await stopServer(attempt.child, attempt.exited);
      throw new DatabaseStartError(
        'password-wrong',
        `The database in ${dataDir} was made with another password. Use the one it was made with, or wipe the folder.`,
      );
    }
    const isLeftover = /pre-existing shared memory|lock file "postmaster.pid" already exists/.test(
      attempt.tail(),
    );
    if (!isLeftover || Date.now() > patience) throw explainExit(attempt.tail(), options.port);
    await pause(250);
  }
}

function spawnServer(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount,
  options: EmbeddedOptions,
): Running & { tail: () => string } {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [
    ...account.prefix,
    binaries.postgres,
    '-D',
    dataDir,
    '-p',
    String(options.port),
    ...flags,
  ];
  const child = spawn(command[0] ?? '', command.slice(1), {
    ...account.ids,
    // A process group of its own: Ctrl-C in the terminal must not end it before its users.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let tail = '';
  let partial = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-logTailCharacters);
    const lines = (partial + chunk).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) options.onLog(line);
  });
  const exited = new Promise<void>((settle) => {
    child.once('exit', () => settle());
    child.once('error', (error) => {
      tail += String(error);
      settle();
    });
  });
  return { child, exited, tail: () => tail };
}

/** Tries to sign in until our own server answers: the port may belong to another one for a moment. */
async function waitUntilReady(
  server: Running,
  url: string,
  dataDir: string,
): Promise<'ready' | 'password-wrong' | 'exited'> {
  const over = server.exited.then(() => 'exited' as const);
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const answer = await Promise.race([over, askServer(url, dataDir)]);
    // A refused password may come from a stranger on the port; then ours is about to give up.
    const verdict = answer === 'starting' ? answer : await Promise.race([over, settled(answer)]);
    if (verdict !== 'starting') return verdict;
    if (Date.now() > deadline) {
      await stopServer(server.child, server.exited);
      throw new DatabaseStartError(
        'other',
        `PostgreSQL was not ready within ${startTimeoutMs / 1000} seconds.`,
      );
    }
    await Promise.race([pause(40), over]);
  }
}

const settled = async <T extends string>(answer: T): Promise<T> =>
  answer === 'password-wrong' ? pause(500, answer) : answer;

async function askServer(
  url: string,
  dataDir: string,
): Promise<'ready' | 'password-wrong' | 'starting'> {
  try {
    return await withClient(url, { name: 'start', ...askMs }, async (client) => {
      const { rows } = await client.query<{ folder: string }>(
        `select current_setting('data_directory') as folder`,
      );
      return rows[0]?.folder === dataDir ? 'ready' : 'starting';
    });
  } catch (error) {
    return (error as { code?: unknown }).code === '28P01' ? 'password-wrong' : 'starting';
  }
}

async function ensureDatabase(url: string): Promise<void> {
  await withClient(url, { name: 'start' }, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      databaseName,
    ]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  });
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill(signal);
    const timer = new AbortController();
    const timeout = pause(patienceMs, 'late', { signal: timer.signal, ref: false }).catch(
      () => 'late',
    );
    const outcome = await Promise.race([exited.then(() => 'ended'), timeout]);
    timer.abort();
    if (outcome === 'ended') break;
  }
  if (child.stderr && !child.stderr.destroyed && !child.stderr.readableEnded)
    await Promise.race([once(child.stderr, 'close'), pause(500, undefined, { ref: false })]);
}
