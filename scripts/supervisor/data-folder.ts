/** The data folder: made, closed to others, and known to be writable before anything starts. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { foreignNames, isOurFolder, someOf } from './our-folder.ts';
import { fileProblem, Problem } from './problem.ts';

const MEGABYTE = 1024 * 1024;
/** A first start makes a database cluster and a build; a later one only adds to them. */
const FREE_FIRST = 400 * MEGABYTE;
const FREE_LATER = 50 * MEGABYTE;

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * True when every folder on the way to `path` lets other users through; a process that runs as
 * another user can use what lies there only then.
 */
export function isReachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Makes a folder with exactly this mode, and the missing ones above it. Folder by folder, because
 * Node's own recursive way never returns from a place where nothing can be made, such as /proc.
 */
export function makeFolder(path: string, mode: number): void {
  const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isThere) {
    const above = dirname(path);
    if (above !== path && !existsSync(above)) makeFolder(above, mode);
    mkdirSync(path, { mode });
  }
  chmodSync(path, mode);
}

function checkFreeSpace(data: string): void {
  const { bavail, bsize } = statfsSync(data);
  const free = bavail * bsize;
  const isFirst = !statSync(join(data, 'secrets.json'), { throwIfNoEntry: false });
  const needed = isFirst ? FREE_FIRST : FREE_LATER;
  if (free >= needed) return;
  throw new Problem(
    `The disk is full: ${data} has ${Math.floor(free / MEGABYTE)} MB left and ${needed / MEGABYTE} MB are needed. Free some space, or put the data elsewhere with COUNTERSIGN_DATA=/another/folder, and start again.`,
  );
}

/** Before anything there is changed: a home folder or `/etc` named by mistake is left as it was. */
function requireOurs(data: string): void {
  if (!existsSync(data)) return;
  const names = readdirSync(data);
  if (isOurFolder(names)) return;
  throw new Problem(
    `${data} is no folder of Countersign's: it holds ${someOf(foreignNames(names))}. It is left alone; name a new or empty folder, COUNTERSIGN_DATA=/another/folder.`,
  );
}

/**
 * Makes the data folder and the ones inside that everything shares. Only its owner may read it; a
 * start as root lets other users pass through, because database and parties run as such.
 * @throws Problem when it is somebody else's, can't be made or written, or when the disk is full
 */
export function prepareDataFolder(data: string): void {
  try {
    requireOurs(data);
    makeFolder(data, isRoot() ? 0o711 : 0o700);
    const probe = join(data, '.probe');
    writeFileSync(probe, Buffer.alloc(64 * 1024));
    rmSync(probe);
    makeFolder(join(data, 'logs'), 0o700);
    makeFolder(join(data, 'run'), 0o700);
  } catch (error) {
    throw fileProblem(error, data) ?? error;
  }
  checkFreeSpace(data);
}
