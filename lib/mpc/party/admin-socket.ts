import { join } from 'node:path';
import { SOCKET_PATH_MAX } from './local-socket.ts';

/** Where a party answers whoever has its data folder; null where the folder's path is too long for a socket. */
export function adminSocketPath(dataFolder: string): string | null {
  const path = join(dataFolder, 'admin.sock');
  return Buffer.byteLength(path) > SOCKET_PATH_MAX ? null : path;
}
