/** Which process gets which variables; each gets what it needs and nothing beside it. */
import { join } from 'node:path';
import { booksSourceName } from '#lib/sandbox/books/answer.ts';
import {
  booksKey,
  sourceFacts,
  sourceKeys,
  sourceNames,
} from '#lib/sandbox/sources/source-keys.ts';
import { embeddedOwnerUrl } from './postgres.ts';
import { partyAddresses } from './parties.ts';
import { keysAddress } from './keys.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { socketFolder } from './socket-path.ts';

export type DatabaseUrls = { webUrl: string; workerUrl: string };
type Variables = Record<string, string>;

export const solanaAddress = (settings: Settings): string =>
  `http://127.0.0.1:${settings.ports.solana}`;

export const bitcoinAddress = (settings: Settings): string =>
  `http://127.0.0.1:${settings.ports.bitcoin}`;

export const ethereumAddress = (settings: Settings): string =>
  `http://127.0.0.1:${settings.ports.ethereum}`;

export const sandboxFolder = (data: string): string => join(data, 'sandbox');

/** Socket of the sample colleagues. */
export const colleaguesSocket = (data: string): string =>
  join(socketFolder(sandboxFolder(data), 'colleagues.sock'), 'colleagues.sock');

/** Socket of the sandbox's sources of prices, verdicts and standings. */
export const sourcesSocket = (data: string): string =>
  join(socketFolder(sandboxFolder(data), 'sources.sock'), 'sources.sock');

/** Keys with which they sign; made when they are first asked for. */
export const sourceKeyFile = (data: string): string =>
  join(sandboxFolder(data), 'source-keys.json');

/** Socket of the sandbox's source of shortfalls, and the key with which it signs. */
export const booksSocket = (data: string): string =>
  join(socketFolder(sandboxFolder(data), 'books.sock'), 'books.sock');
export const booksKeyFile = (data: string): string => join(sandboxFolder(data), 'books-key.json');

/** Where they answer, with their keys for the first policy. */
function sourceAddresses(data: string): string {
  const keys = sourceKeys(sourceKeyFile(data));
  const url = `unix:${sourcesSocket(data)}`;
  return JSON.stringify([
    ...sourceFacts.map((fact) => ({
      name: sourceNames[fact],
      fact,
      url,
      sandboxKey: keys[fact].publicKey,
    })),
    {
      name: booksSourceName,
      fact: 'books',
      url: `unix:${booksSocket(data)}`,
      sandboxKey: booksKey(booksKeyFile(data)).publicKey,
    },
  ]);
}

/** Software keys of the sample colleagues, made together with the sample organisation. */
export const keyRingFile = (data: string): string => join(sandboxFolder(data), 'key-ring.json');

export const feePayerKeyFile = (data: string): string => join(data, 'worker', 'fee-payer.json');

/** The owner's URL: of the external database when there is one. */
export const ownerUrl = (settings: Settings, secrets: Secrets): string =>
  settings.databaseUrl ??
  embeddedOwnerUrl({
    data: settings.data,
    port: settings.ports.postgres,
    ownerPassword: secrets.databaseOwner,
  });

const sharedVariables = (settings: Settings): Variables => ({
  COUNTERSIGN_MODE: settings.mode,
  COUNTERSIGN_DATA: settings.data,
  COUNTERSIGN_ORIGIN: settings.origin,
  COUNTERSIGN_RP_ID: settings.rpId,
  COUNTERSIGN_PARTIES: partyAddresses(settings),
  COUNTERSIGN_SOLANA_RPC: solanaAddress(settings),
  COUNTERSIGN_BITCOIN_NODES: `esplora:${bitcoinAddress(settings)}`,
  COUNTERSIGN_ETHEREUM_NODES: ethereumAddress(settings),
  COUNTERSIGN_SOURCES: sourceAddresses(settings.data),
});

export const webVariables = (
  settings: Settings,
  secrets: Secrets,
  urls: DatabaseUrls,
): Variables => ({
  ...sharedVariables(settings),
  DATABASE_URL_WEB: urls.webUrl,
  COUNTERSIGN_KEYS: keysAddress(settings.data),
  COUNTERSIGN_KEYS_TOKEN_WEB: secrets.keysWeb,
  NEXTAUTH_SECRET: secrets.session,
  NEXTAUTH_URL: settings.origin,
  ...(settings.hasSample && { COUNTERSIGN_COLLEAGUES: `unix:${colleaguesSocket(settings.data)}` }),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.serverActions,
});

export const workerVariables = (
  settings: Settings,
  secrets: Secrets,
  urls: DatabaseUrls,
): Variables => ({
  ...sharedVariables(settings),
  COUNTERSIGN_KEYS: keysAddress(settings.data),
  COUNTERSIGN_KEYS_TOKEN_WORKER: secrets.keysWorker,
  DATABASE_URL_WORKER: urls.workerUrl,
  COUNTERSIGN_FEE_PAYER_KEY_FILE: feePayerKeyFile(settings.data),
});
