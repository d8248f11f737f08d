/** Copies of the key tree in other folders, brought to what the tree is now, its destructions included. */
import { join } from 'node:path';
import {
  destroyFile,
  makeFolder,
  namesIn,
  readIfThere,
  removeFiles,
  writeWhole,
  type Durability,
} from './durable-files.ts';
import type { KeyTree } from './key-tree.ts';
import type { TreeFolders } from './look-at.ts';

/**
 * Makes a copy equal to the tree: what is missing or differs is written, then root keys that are no more are destroyed.
 * @param changed names of what was written since the copy was whole; null compares everything.
 * @param isKnown whether it was whole before: then an empty folder is a disk that is away, and nothing is begun there.
 * @returns what went wrong; null where the copy is whole and holds nothing that was destroyed.
 */
export async function mirror(
  tree: KeyTree,
  copy: TreeFolders,
  changed: readonly string[] | null,
  durability: Durability,
  isKnown = false,
): Promise<string | null> {
  try {
    if (isKnown && (await namesIn(copy.keys)).length === 0) return 'away';
    await makeFolder(copy.keys);
    await makeFolder(copy.root);
    const wanted = tree.files();
    await copyFiles(tree.folders.root, copy.root, wanted.root, durability);
    const differing = wanted.keys.filter((name) => changed === null || changed.includes(name));
    // The top comes last, as it does where it was written.
    await copyFiles(tree.folders.keys, copy.keys, differing.toReversed(), durability);
    for (const name of await namesIn(copy.root))
      if (!wanted.root.includes(name)) await destroyFile(join(copy.root, name), durability);
    const stale = (await namesIn(copy.keys)).filter((name) => !wanted.keys.includes(name));
    await removeFiles(copy.keys, stale, durability);
    return null;
  } catch (error) {
    return faultIn(error);
  }
}

/** The system's own name for what went wrong, which says nothing of what was written. */
export const faultIn = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'not written';

async function copyFiles(
  from: string,
  to: string,
  names: readonly string[],
  durability: Durability,
): Promise<void> {
  for (const name of names) {
    const bytes = await readIfThere(join(from, name));
    if (bytes === null) throw new Error(`${name} is missing`);
    const there = await readIfThere(join(to, name));
    if (there === null || !there.equals(bytes)) await writeWhole(join(to, name), bytes, durability);
  }
}
