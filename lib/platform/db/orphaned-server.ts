/**
 * What a start finds in a data folder whose last server ended badly: nothing, a stale pid file, a
 * server that outlived the program that started it, or one that is in use right now.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseStartError } from './start-error.ts';

const starterFile = 'started-by.pid';
const stopTimeoutMs = 15_000;

/** Leaves a note of who started the server, so that a later start can tell an orphan from a live one. */
export async function noteStarter(dataDir: string): Promise<void> {
  await writeFile(join(dataDir, starterFile), `${process.pid}\n`, { mode: 0o644 });
}

async function readPid(path: string): Promise<number | null> {
  try {
    const pid = Number.parseInt((await readFile(path, 'utf8')).split('\n')[0] ?? '', 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is a server over this folder; unknown systems are trusted to be. */
async function servesFolder(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(dataDir);
  } catch {
    return false;
  }
}

/**
 * Makes the folder free to start a server on.
 * @throws DatabaseStartError `already-running` when its server belongs to a program that still runs.
 */
export async function clearOrphan(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = await readPid(pidFile);
  // A stale file with a dead pid stays: the server removes it after checking that no backend is left.
  if (pid === null || !isAlive(pid)) return;
  if (!(await servesFolder(pid, dataDir))) {
    // The number was given to another program since; the server would mistake it for its own.
    await rm(pidFile, { force: true });
    return;
  }
  const starter = await readPid(join(dataDir, starterFile));
  if (starter !== null && starter !== process.pid && isAlive(starter))
    throw new DatabaseStartError(
      'already-running',
      `The database in ${dataDir} is in use by process ${starter}. Stop that one first.`,
    );
  await stopByPid(pid);
}

async function stopByPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopTimeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline)
      throw new DatabaseStartError(
        'already-running',
        `An earlier PostgreSQL (process ${pid}) does not stop. End it by hand and start again.`,
      );
    await pause(50);
  }
}
