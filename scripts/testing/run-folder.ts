/**
 * One folder for all that the tests of a run put into the system's temporary folder: gone when the run ends, or a
 * day later where the run was killed.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

export function setup(): () => void {
  const top = tmpdir();
  removeStale(top, Date.now());
  const folder = mkdtempSync(join(top, NAME));
  // Databases and parties may run under other accounts, which have to pass through.
  chmodSync(folder, 0o711);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  };
}
