/** A folder of sealed files: what a backup of the database is on a disk. */
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openingStream, sealingStream } from '#lib/platform/sealed-stream.ts';

export type SealedFolder = {
  path: string;
  /** 32 bytes. */
  key: Uint8Array;
};

export const sealedFile = (name: string): string => `${name}.sealed`;

/**
 * Writes a new file, for its owner's eyes alone, sealed before a byte of it gets to the disk.
 * @throws the error of the disk, EEXIST where there is one of this name.
 */
export async function writeSealed(
  { path, key }: SealedFolder,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  await pipeline(
    source,
    sealingStream(key, name),
    createWriteStream(join(path, sealedFile(name)), { flags: 'wx', mode: 0o600, flush: true }),
  );
}

/** What was written; ends with a SealedStreamError where it is not what was. */
export function readSealed({ path, key }: SealedFolder, name: string): AsyncIterable<Buffer> {
  return openingStream(key, name)(createReadStream(join(path, sealedFile(name))));
}
