/**
 * One folder for all that the tests of a run put into the system's temporary folder: gone when the run ends, or a
 * day later where a disk keeps it and the whole machine went down.
 *
 * In memory where that has room. Each file of the database tests makes over a thousand files and removes them; on a
 * disk that was a third of their work, and every record that a party or a database secures waited for the disk.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFolder } from './memory-folder.ts';

const NAME = 'countersign-run-';
const DAY_MS = 86_400_000;

/**
 * Removes what runs of more than a day ago left.
 * @param top the folder that runs make theirs in.
 */
export function removeStale(top: string, now: number): void {
  for (const name of readdirSync(top)) {
    if (!name.startsWith(NAME)) continue;
    const path = join(top, name);
    try {
      if (now - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true, force: true });
    } catch {
      // It belongs to somebody else, or another run removed it at the same moment.
    }
  }
}

/** Removes the folder when this process is gone, `kill -9` included: the end of a pipe tells. */
function endWithThisProcess(folder: string): void {
  const guard = spawn('sh', ['-c', 'cat; rm -rf -- "$1"', 'guard', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.on('error', () => undefined);
}

export function setup(): () => void {
  const before = process.env['TMPDIR'];
  // Whoever names a folder gets that one.
  const top = (before === undefined ? memoryFolder() : null) ?? tmpdir();
  removeStale(top, Date.now());
  const folder = mkdtempSync(join(top, NAME));
  endWithThisProcess(folder);
  // Databases and parties may run under other accounts, which have to pass through.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  };
}
