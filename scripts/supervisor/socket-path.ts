/** Paths of Unix sockets, which the system limits to about a hundred bytes. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.ts';

/** 104 bytes on macOS, 108 on Linux, with the closing zero. */
const PATH_MAX = 100;

/**
 * A folder for a socket called `file`: `folder` itself where the path is short enough, otherwise
 * one under /tmp that belongs to this data folder alone.
 */
export function socketFolder(folder: string, file: string): string {
  if (Buffer.byteLength(join(folder, file)) <= PATH_MAX) return folder;
  const short = join(
    '/tmp',
    `countersign-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`,
  );
  mkdirSync(short, { recursive: true, mode: 0o700 });
  const entry = lstatSync(short);
  // Somebody else could have made the folder first to listen in.
  if (!entry.isDirectory() || (process.getuid !== undefined && entry.uid !== process.getuid()))
    throw new Problem(
      `${short} belongs to someone else. Remove it, or use a data folder with a shorter path.`,
    );
  return short;
}
