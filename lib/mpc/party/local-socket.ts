/** Unix sockets of a party: for its own user only, and in place of one that a killed process left. */
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';

/** Longest path that every kernel takes for a Unix socket, in bytes, less the final zero. */
export const SOCKET_PATH_MAX = 103;

/**
 * Listens at a path. An old socket file there is removed: the lock of the party's store shows that
 * nobody uses it.
 * @returns a promise that rejects with the system's error when the path can't be used.
 */
export function listenAtPath(server: Server, path: string): Promise<Server> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}
