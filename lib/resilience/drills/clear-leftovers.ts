/**
 * Backups that an earlier drill left lying: a loss of power ends the drill and the process that would have removed them.
 * The next drill below the same folder removes them and says so.
 */
import { lstat, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { clearOrphan, isAlive } from '#lib/platform/db/orphaned-server.ts';

/** `mkdtemp` puts six characters after it. */
export const drillFolderPrefix = 'countersign-drill-';
const drillFolder = /^countersign-drill-[A-Za-z0-9]{6}$/;

const noteFile = 'drill.json';
const note = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  /** Of this start of the machine, where it tells one; after another start no process of it is left. */
  boot: z.string().nullable(),
});

/** Leaves word in a drill's folder of the process that it belongs to. */
export async function noteDrill(folder: string): Promise<void> {
  const mine: z.infer<typeof note> = {
    pid: process.pid,
    host: hostname(),
    boot: await bootId(),
  };
  await writeFile(join(folder, noteFile), JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
}

const bootId = async (): Promise<string | null> =>
  (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null))?.trim() ?? null;

/**
 * Removes what drills of this account left below `parent`, and leaves what may still be of use to one that runs.
 * @returns a sentence for each folder that was found. Never throws: what can't be removed is named with the reason.
 */
export async function clearLeftovers(parent: string): Promise<string[]> {
  const found = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const said: string[] = [];
  for (const entry of found) {
    if (!entry.isDirectory() || !drillFolder.test(entry.name)) continue;
    const path = join(parent, entry.name);
    said.push(
      ...(await clearOne(path).catch((error: unknown) => [
        `${path} was left by an earlier drill and can’t be removed: ${error instanceof Error ? error.message : String(error)} Remove it by hand: it holds a backup.`,
      ])),
    );
  }
  return said;
}

async function clearOne(path: string): Promise<string[]> {
  const { uid } = await lstat(path);
  // In a folder that others may write into, only what this account made is what it says.
  if (uid !== process.getuid?.()) return [];
  const noted = await readNote(path);
  if (noted === null)
    return [
      `${path} is of a drill, and of which one can’t be told. Remove it once none runs: it may hold a backup.`,
    ];
  const { pid, host, boot } = noted;
  if (host !== hostname())
    return [
      `${path} is of a drill on ${host}. Remove it once none runs there: it may hold a backup.`,
    ];
  if (boot === (await bootId()) && isAlive(pid))
    return [`${path} is of a drill that process ${pid} runs, and stays.`];
  await clearOrphan(join(path, 'postgres'));
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
  return [`Removed ${path}, which an earlier drill had left with its backup.`];
}

async function readNote(folder: string): Promise<z.infer<typeof note> | null> {
  try {
    return note.parse(JSON.parse(await readFile(join(folder, noteFile), 'utf8')));
  } catch {
    return null;
  }
}
