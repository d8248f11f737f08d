/** A shelf on the disk, for so many clients that their leaves should not lie in memory. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shelf } from './shelf.ts';

/**
 * Runs with a shelf in a folder of its own, which nobody else may read (amounts lie in it, though no
 * client) and which is gone afterwards.
 */
export async function withFileShelf<T>(work: (shelf: Shelf) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-liabilities-'));
  const pathOf = (bucket: number): string => join(folder, `${bucket}`);
  try {
    return await work({
      append: (bucket, bytes) => appendFileSync(pathOf(bucket), bytes, { mode: 0o600 }),
      take(bucket) {
        const path = pathOf(bucket);
        if (!existsSync(path)) return new Uint8Array(0);
        const bytes = readFileSync(path);
        rmSync(path);
        return bytes;
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
