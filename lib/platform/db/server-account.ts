/**
 * PostgreSQL refuses to run as root. Where we are root it runs under an account without rights:
 * `postgres` where the system has one, `nobody` otherwise. Where that account can't reach the
 * project (a clone inside a private folder), a user namespace makes root look like `nobody` to it.
 */
import { execFile, execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseStartError } from './start-error.ts';

const run = promisify(execFile);

export type ServerAccount = {
  /** For `child_process.spawn`; empty when we are not root. */
  ids: { uid?: number; gid?: number };
  /** Put before the program and its arguments. */
  prefix: readonly string[];
  /** Who must own the data folder; null when it is ours anyway. */
  owner: { uid: number; gid: number } | null;
};

const ourselves: ServerAccount = { ids: {}, prefix: [], owner: null };

/** @param paths the files and folders that the server must be able to reach. */
export async function chooseServerAccount(paths: readonly string[]): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return ourselves;
  const account = (await findAccount('postgres')) ?? (await findAccount('nobody'));
  if (account && (await findBarrier(paths, account)) === null)
    return { ids: account, prefix: [], owner: account };
  const prefix = namespacePrefix();
  if (prefix) return { ids: {}, prefix, owner: { uid: 0, gid: 0 } };
  const barrier = account ? await findBarrier(paths, account) : null;
  throw new DatabaseStartError(
    'folder-unreachable',
    barrier === null
      ? 'PostgreSQL does not run as root and this system has neither a user postgres nor nobody. Run the command as an ordinary user.'
      : `PostgreSQL does not run as root, and other users cannot enter ${barrier}. Run the command as an ordinary user, or allow it with: chmod o+x ${barrier}`,
  );
}

async function findAccount(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

/** The first folder on the way to one of the paths that the account may not enter, or null. */
async function findBarrier(
  paths: readonly string[],
  account: { uid: number; gid: number },
): Promise<string | null> {
  for (const path of paths) {
    for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
      const { mode, uid, gid } = await stat(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  return null;
}

function namespacePrefix(): readonly string[] | null {
  const prefix = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
  try {
    execFileSync(prefix[0] ?? '', [...prefix.slice(1), 'true'], { stdio: 'ignore', timeout: 5000 });
    return prefix;
  } catch {
    return null;
  }
}
