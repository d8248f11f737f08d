/** Files that outlive a power cut: each step is on the disk before the next begins. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Durability = {
  /** False only for tests, where nothing has to outlive a power cut. */
  syncs: boolean;
  /** Called when a step is on the disk, for tests that look at what a crash would leave. */
  onStep?: () => void;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function syncFolder(folder: string, { syncs }: Durability): Promise<void> {
  if (!syncs) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Writes a whole file in place of what was there; a reader sees the old one or the new one. */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  durability: Durability,
): Promise<void> {
  const fresh = `${path}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    if (durability.syncs) await handle.sync();
  } finally {
    await handle.close();
  }
  durability.onStep?.();
  await rename(fresh, path);
  await syncFolder(dirname(path), durability);
  durability.onStep?.();
}

/** @returns null where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** @throws where there is no such file. */
export const lengthOf = async (path: string): Promise<number> => (await stat(path)).size;

/** @throws where there is no such file. */
export const changedAt = async (path: string): Promise<Date> => (await stat(path)).mtime;

/** Names of the files in a folder; none where there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Removes files; asking for one that is gone is harmless. */
export async function removeFiles(
  folder: string,
  names: readonly string[],
  durability: Durability,
): Promise<void> {
  if (names.length === 0) return;
  for (const name of names) {
    await rm(join(folder, name), { force: true });
    durability.onStep?.();
  }
  await syncFolder(folder, durability);
}

/** Overwrites a small file before it is removed, so that its bytes are not simply left where they were. */
export async function destroyFile(path: string, durability: Durability): Promise<void> {
  try {
    const handle = await open(path, 'r+');
    try {
      const { size } = await handle.stat();
      await handle.write(randomBytes(size), 0, size, 0);
      if (durability.syncs) await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  durability.onStep?.();
  await rm(path, { force: true });
  await syncFolder(dirname(path), durability);
  durability.onStep?.();
}
