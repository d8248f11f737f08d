/** The data-key service of the sandbox: folders and a user of its own, and who may ask it what. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { callerHash } from '#lib/platform/data-keys/service/door.ts';
import type { ServiceSettings } from '#lib/platform/data-keys/service/settings.ts';
import { makeFolder } from './data-folder.ts';
import { nodeCommand } from './node-command.ts';
import { giveOwnUser } from './party-user.ts';
import { isListening } from './parties.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';
import { socketFolder } from './socket-path.ts';

/** Above the parties' users. */
const KEYS_UID = 59_150;

/** Everything of the data-key service; a copy of its keys lies beside them, on a disk of its own in earnest. */
export const keysFolder = (data: string): string => join(data, 'keys-service');

export const keysSocket = (data: string): string =>
  join(socketFolder(keysFolder(data), 'keys.sock'), 'keys.sock');

export const keysAddress = (data: string): string => `unix:${keysSocket(data)}`;

export function keysService({ data }: Settings, secrets: Secrets): ServiceSpec {
  const folder = keysFolder(data);
  const settings: ServiceSettings = {
    socket: keysSocket(data),
    folders: { keys: join(folder, 'keys'), root: join(folder, 'root') },
    copies: [{ keys: join(folder, 'copy', 'keys'), root: join(folder, 'copy', 'root') }],
    backups: join(folder, 'backups'),
    useLog: join(folder, 'uses.log'),
    callers: {
      web: callerHash(secrets.keysWeb),
      worker: callerHash(secrets.keysWorker),
      owner: callerHash(secrets.keysOwner),
    },
  };
  return {
    name: 'keys',
    title: 'Data-key service',
    command: () => {
      if (!existsSync(folder)) makeFolder(folder, 0o700);
      // A socket that had to go to a folder of this user's leaves the service to this user.
      const isAtHome = dirname(settings.socket) === folder;
      const user = isAtHome ? giveOwnUser(folder, KEYS_UID, data) : undefined;
      return nodeCommand('lib/platform/data-keys/service/main.ts', {
        args: [JSON.stringify(settings)],
        env: {},
        user,
      });
    },
    isReady: () => isListening(keysSocket(data)),
    readyWithinMs: 20_000,
    stopWithinMs: 5_000,
    stopSignal: 'SIGTERM',
  };
}
