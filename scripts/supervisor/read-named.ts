/** Files that a command is given to check. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from './problem.ts';

export type NamedFile = { name: string; bytes: Uint8Array };

/** Files that one call looks at. */
export const FILES_MAX = 10_000;

/** @throws Problem for a file that is too large or can't be read. */
export function readNamed(path: string, bytesMax: number): NamedFile {
  const name = basename(path).slice(0, 120);
  try {
    if (statSync(path).size > bytesMax)
      throw new Problem(`${name} is too large to be one of these.`);
    return { name, bytes: readFileSync(path) };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${name} can't be read. Look whether the path is right.`);
  }
}
