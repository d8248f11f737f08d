/** Gives each party a system user of its own where that is possible. */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isReachableByOthers, isRoot, makeFolder } from './data-folder.ts';
import type { Command } from './service.ts';
import { pinnedNode, projectRoot } from './settings.ts';

/**
 * Numbers without names: above the ordinary users and below the ranges that systems hand out.
 * They are fixed, because the parties' folders belong to them from one start to the next.
 */
const FIRST_UID = 59_101;

/** Where a party keeps its own data. */
export const partyFolder = (data: string, name: string): string => join(data, 'parties', name);

/** True when another user can run Node 24 and read the code; asked of a real child. */
function canRunAs(uid: number, data: string): boolean {
  if (!isReachableByOthers(projectRoot) || !isReachableByOthers(data)) return false;
  const read = `require('node:fs').readFileSync(${JSON.stringify(join(projectRoot, 'package.json'))})`;
  const probe = spawnSync(pinnedNode, ['-e', read], {
    uid,
    gid: uid,
    env: {} as NodeJS.ProcessEnv,
    timeout: 10_000,
  });
  return probe.status === 0;
}

function giveTree(path: string, uid: number): void {
  const entry = lstatSync(path);
  // Only plain files and folders: following a link could hand over something of someone else's.
  if (entry.isSymbolicLink()) return;
  chownSync(path, uid, uid);
  if (entry.isDirectory()) for (const name of readdirSync(path)) giveTree(join(path, name), uid);
}

/**
 * Makes a party's data folder and chooses who it runs as.
 * @param index position of the party in the list, which fixes its user
 * @returns the folder, and a user when the party gets one of its own
 */
export function preparePartyFolder(
  data: string,
  name: string,
  index: number,
): { folder: string; user: Command['user'] } {
  const parties = join(data, 'parties');
  makeFolder(parties, isRoot() ? 0o711 : 0o700);
  const folder = partyFolder(data, name);
  if (!existsSync(folder)) makeFolder(folder, 0o700);
  return { folder, user: giveOwnUser(folder, FIRST_UID + index, data) };
}

/**
 * Gives a folder to a user of its own where a start as root can do that.
 * @returns the user that its process runs as; undefined for the one who starts it.
 */
export function giveOwnUser(folder: string, uid: number, data: string): Command['user'] {
  const own = isRoot() && canRunAs(uid, data);
  const wanted = own ? uid : (process.getuid?.() ?? 0);
  if (isRoot() && statSync(folder).uid !== wanted) giveTree(folder, wanted);
  return own ? { uid, gid: uid } : undefined;
}
