/** Looks through every file below a folder, whatever it is: logs, stores, backups, the database's own files. */
import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { longestOf, valuesIn, type Needle } from './needles.ts';
import type { Places } from './place.ts';

const CHUNK_BYTES = 1024 * 1024;

export type FilesCount = { files: number; bytes: number; unread: string[] };

/**
 * @returns how much was looked at, and what could not be read: a place that can't be looked at is not clean.
 */
export async function scanFiles(
  folder: string,
  options: {
    needles: readonly Needle[];
    places: Places;
    signal: AbortSignal;
    report: (line: string) => void;
  },
): Promise<FilesCount> {
  const count: FilesCount = { files: 0, bytes: 0, unread: [] };
  for await (const path of filesIn(folder, count)) {
    options.signal.throwIfAborted();
    try {
      await scanFile(path, relative(folder, path), count, options);
    } catch (error) {
      if (options.signal.aborted) throw error;
      // Files of a running installation come and go; one that is gone holds nothing.
      if (!isGone(error)) count.unread.push(relative(folder, path));
    }
    count.files += 1;
    if (count.files % 500 === 0)
      options.report(`${count.files} files, ${Math.round(count.bytes / 1024 / 1024)} MB`);
  }
  return count;
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function* filesIn(folder: string, count: FilesCount): AsyncGenerator<string> {
  let entries;
  try {
    entries = await opendir(folder);
  } catch (error) {
    if (!isGone(error)) count.unread.push(folder);
    return;
  }
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    // A link is looked at where it leads, if that is below the folder.
    if (entry.isDirectory()) yield* filesIn(path, count);
    else if (entry.isFile()) yield path;
  }
}

async function scanFile(
  path: string,
  name: string,
  count: FilesCount,
  { needles, places }: { needles: readonly Needle[]; places: Places },
): Promise<void> {
  const found = new Set<number>(valuesIn(needles, Buffer.from(name)));
  const chunks = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const onBytes = (length: number): void => {
    count.bytes += length;
  };
  for (const value of await valuesInStream(chunks, needles, onBytes)) found.add(value);
  if (found.size > 0)
    places.add({
      sort: 'file',
      where: name,
      row: null,
      values: [...found].toSorted((a, b) => a - b),
    });
}

/** Which of the values stand in what a stream brings, across its pieces. Memory stays flat. */
export async function valuesInStream(
  chunks: AsyncIterable<Uint8Array>,
  needles: readonly Needle[],
  onBytes: (length: number) => void,
): Promise<Set<number>> {
  const overlap = longestOf(needles);
  const found = new Set<number>();
  let before = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([before, chunk]);
    onBytes(chunk.length);
    for (const value of valuesIn(needles, bytes)) found.add(value);
    before = bytes.subarray(Math.max(0, bytes.length - overlap));
  }
  return found;
}
