/** Small files that must survive a power cut: written aside, synced, renamed, folder synced. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces the file in one step; readable by its owner only. */
export function writeDurably(path: string, content: Uint8Array | string): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
