/** Keeps two processes from writing one store, which would lose each other's keys. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KeyStoreFault } from '../store/key-store-fault.ts';

/** The moment at which a process began, which tells it from a later one of the same number; empty where none says. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the third field follows the last closing one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isHeld(path: string): boolean {
  const [number = '', began = ''] = readFileSync(path, 'utf8').split(' ');
  const holder = Number(number);
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) return false;
  return isAlive(holder) && beganAt(holder) === began;
}

/**
 * @returns lets go of it.
 * @throws KeyStoreFault `in-use`
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt += 1)
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, `${process.pid} ${beganAt(process.pid)}`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (isHeld(path)) break;
      rmSync(path, { force: true });
    }
  throw new KeyStoreFault('in-use', 'Another data-key service works on these keys.');
}
