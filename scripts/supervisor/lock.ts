/** One supervisor per data folder. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem, Problem } from './problem.ts';
import { processStart } from './process-identity.ts';

export type Lock = {
  /** True when the run before ended without giving the lock back (kill -9, power loss). */
  wasStale: boolean;
  release: () => void;
};

const lockPath = (data: string): string => join(data, 'supervisor.lock');

const ownLine = (): string => `${process.pid} ${processStart(process.pid) ?? '-'}\n`;

function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Process id of the supervisor that runs on this data folder, or null when none does. */
export function runningSupervisor(data: string): number | null {
  return holderOf(readLock(lockPath(data)));
}

function holderOf(line: string | null): number | null {
  const match = /^(\d{1,10}) (\S.*)\n$/.exec(line ?? '');
  if (!match) return null;
  const pid = Number(match[1]);
  return processStart(pid) === match[2] ? pid : null;
}

function tryToTake(path: string, line: string): boolean {
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, line, { mode: 0o600 });
    // Linking is atomic and, unlike writing, never shows others a half-written lock.
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw fileProblem(error, path) ?? error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves a dead holder's lock aside; puts it back when it turns out to be somebody's fresh one. */
function clearStale(path: string, judged: string | null): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readLock(aside) !== judged && holderOf(readLock(aside)) !== null) {
    try {
      linkSync(aside, path);
    } catch {
      // A third start was quicker; one of the two will find the lock taken.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the lock of a data folder.
 * @throws Problem when another supervisor runs on it
 */
export function takeLock(data: string): Lock {
  const path = lockPath(data);
  const line = ownLine();
  let wasStale = false;
  for (let round = 0; round < 5; round += 1) {
    if (tryToTake(path, line)) {
      const release = (): void => {
        if (readLock(path) === line) rmSync(path, { force: true });
      };
      return { wasStale, release };
    }
    const held = readLock(path);
    const pid = holderOf(held);
    if (pid !== null)
      throw new Problem(
        `Countersign is already running on ${data} (process ${pid}). Use that one, or stop it with Ctrl-C in its window or \`kill ${pid}\`. For a second sandbox set COUNTERSIGN_DATA and the ports.`,
      );
    if (held !== null) {
      clearStale(path, held);
      wasStale = true;
    }
  }
  throw new Problem(
    `The lock ${path} cannot be taken; another start is going on. Try again in a moment.`,
  );
}
