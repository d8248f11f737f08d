/** The three parties of the sandbox, each a process with a folder, a socket and an origin of its own. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { nodeCommand } from './node-command.ts';
import { partyFolder, preparePartyFolder } from './party-user.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';
import { socketFolder } from './socket-path.ts';

export const PARTIES = ['control', 'custody', 'recovery'] as const;
export type PartyName = (typeof PARTIES)[number];

/** The recovery party is off except for ceremonies; nobody should miss it in between. */
export const isUsuallyOff = (name: PartyName): boolean => name === 'recovery';

const rpcPath = (data: string, name: PartyName): string => {
  return join(socketFolder(partyFolder(data, name), 'rpc.sock'), 'rpc.sock');
};

/** Where people reach a party itself. */
export const originOf = (settings: Settings, name: PartyName): string =>
  `http://localhost:${settings.ports[name]}`;

/** The value of COUNTERSIGN_PARTIES for the processes that talk to the parties. */
export function partyAddresses(settings: Settings): string {
  return JSON.stringify(
    PARTIES.map((name) => ({
      name,
      rpc: `unix:${rpcPath(settings.data, name)}`,
      origin: originOf(settings, name),
      expected: isUsuallyOff(name) ? 'offline' : 'online',
    })),
  );
}

/** True when something listens on the socket. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const answer = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

export function partyService(settings: Settings, name: PartyName): ServiceSpec {
  const path = rpcPath(settings.data, name);
  return {
    name,
    title: `Party ${name}`,
    command: () => {
      const { folder, user } = preparePartyFolder(settings.data, name, PARTIES.indexOf(name));
      return nodeCommand('lib/mpc/party/main.ts', {
        env: {
          COUNTERSIGN_MODE: settings.mode,
          COUNTERSIGN_PARTY_NAME: name,
          COUNTERSIGN_PARTY_GROUP: name,
          COUNTERSIGN_PARTY_DATA: folder,
          COUNTERSIGN_PARTY_RPC: `unix:${path}`,
          COUNTERSIGN_PARTY_ORIGIN: originOf(settings, name),
          COUNTERSIGN_PARTY_LISTEN: `127.0.0.1:${settings.ports[name]}`,
        },
        user,
      });
    },
    isReady: () => isListening(path),
    readyWithinMs: 20_000,
    stopWithinMs: 5_000,
    stopSignal: 'SIGTERM',
  };
}
