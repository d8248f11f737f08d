/** Files that recovery reads and writes. Limits before contents; nothing is ever overwritten. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../supervisor/problem.ts';

const FILES_MAX = 1_000;

export type ReadFile = { name: string; bytes: Uint8Array };

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Reads a file of at most `maxBytes`.
 * @throws Problem with a sentence when it can't be read or is larger.
 */
export function readSmallFile(path: string, maxBytes: number): Uint8Array {
  try {
    if (statSync(path).size > maxBytes)
      throw new Problem(
        `${path} is larger than ${maxBytes / 1024} kB, so it is none of these files.`,
      );
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${path} cannot be read. Check its name and who may read it.`);
  }
}

/** The files of a folder with this ending, by name; folders in it are passed over. */
export function readFolder(folder: string, ending: string, maxBytes: number): ReadFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map(({ name }) => name)
      .toSorted();
  } catch {
    throw new Problem(`The folder ${folder} cannot be read. Check its name and who may read it.`);
  }
  if (names.length > FILES_MAX)
    throw new Problem(
      `${folder} holds more than ${FILES_MAX} files ${ending}. Sort out those you need.`,
    );
  return names.flatMap((name) => {
    const path = join(folder, name);
    // One file that is far too large must not hide the others.
    if (statSync(path).size > maxBytes) return [];
    return [{ name, bytes: readSmallFile(path, maxBytes) }];
  });
}

/**
 * Says early that a file could not be written, before anybody types a part.
 * @throws Problem
 */
export function requireNewFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }))
    throw new Problem(`${path} exists, and nothing is overwritten. Name a new file.`);
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new Problem(`There is no folder ${dirname(path)}. Make it first, or name another file.`);
}

/**
 * Writes a new file that only its owner may read, down to the disk.
 * @throws Problem when it exists or can't be written.
 */
export function writeNewFile(path: string, text: string): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    throw new Problem(
      codeOf(error) === 'EEXIST'
        ? `${path} exists, and nothing is overwritten. Name a new file.`
        : `${path} cannot be written. Check the folder and who may write there.`,
    );
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
