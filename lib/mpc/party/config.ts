/**
 * Settings of a party process; this file is the only reader of its environment. A JSON file named
 * by COUNTERSIGN_PARTY_CONFIG may hold the same names; the environment wins.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { group, type Group } from '#lib/protocol/roster.ts';
import { environment, slug, type Environment } from '#lib/protocol/scalars.ts';
import { ConfigurationError } from './configuration-error.ts';
import { isInside, parseKekSource, type KekSource } from './kek-source.ts';

/** `unix` for parties on one machine, `tls` with certificates on both sides for all others. */
export type RpcListener =
  | { kind: 'unix'; path: string }
  | { kind: 'tls'; host: string; port: number; cert: string; key: string; clientCa: string };

export type OriginListener = {
  /** As browsers spell it; Host and Origin must match it exactly. */
  origin: string;
  host: string;
  port: number;
  /** Certificate and key files, or null where a proxy in front ends TLS. */
  tls: { cert: string; key: string } | null;
};

export type PartyConfig = {
  name: string;
  group: Group;
  mode: Environment;
  dataFolder: string;
  rpc: RpcListener;
  origin: OriginListener;
  kek: KekSource;
  /** PEM authority of the other parties' pages, where the system's own do not know it. */
  peerCa?: string;
  /** Pause between two questions to each other party, in milliseconds. */
  peerInterval: number;
  /** True for a party that is opened by hand on a machine without a network. */
  cold?: true;
};

const settingNames = [
  'COUNTERSIGN_MODE',
  'COUNTERSIGN_DATA',
  'COUNTERSIGN_PARTY_NAME',
  'COUNTERSIGN_PARTY_GROUP',
  'COUNTERSIGN_PARTY_DATA',
  'COUNTERSIGN_PARTY_RPC',
  'COUNTERSIGN_PARTY_RPC_CERT',
  'COUNTERSIGN_PARTY_RPC_KEY',
  'COUNTERSIGN_PARTY_RPC_CLIENT_CA',
  'COUNTERSIGN_PARTY_ORIGIN',
  'COUNTERSIGN_PARTY_LISTEN',
  'COUNTERSIGN_PARTY_ORIGIN_CERT',
  'COUNTERSIGN_PARTY_ORIGIN_KEY',
  'COUNTERSIGN_PARTY_KEK',
  'COUNTERSIGN_PARTY_PEER_CA',
  'COUNTERSIGN_PARTY_PEER_INTERVAL',
] as const;
type SettingName = (typeof settingNames)[number];
type Settings = Partial<Record<SettingName, string>>;

/** Longest path that the kernel takes for a Unix socket, less the final zero. */
const SOCKET_PATH_MAX = 107;

function readSettings(environmentOf: NodeJS.ProcessEnv): Settings {
  const file = environmentOf['COUNTERSIGN_PARTY_CONFIG'];
  const settings: Settings = {};
  if (file !== undefined && file !== '') {
    const parsed = parseFile(file);
    for (const name of settingNames) if (parsed[name] !== undefined) settings[name] = parsed[name];
  }
  for (const name of settingNames) {
    const value = environmentOf[name];
    if (value !== undefined && value !== '') settings[name] = value;
  }
  return settings;
}

function parseFile(path: string): Settings {
  try {
    return z
      .partialRecord(z.enum(settingNames), z.string().max(4096))
      .parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_CONFIG',
      `a readable JSON file with no other settings than ${settingNames.join(', ')}`,
    );
  }
}

function need(settings: Settings, name: SettingName, expected: string): string {
  const value = settings[name];
  if (value === undefined) throw new ConfigurationError(name, expected);
  return value;
}

function parsePeerCa({ COUNTERSIGN_PARTY_PEER_CA: path }: Settings): { peerCa?: string } {
  if (path === undefined) return {};
  try {
    readFileSync(path);
  } catch {
    throw new ConfigurationError('COUNTERSIGN_PARTY_PEER_CA', 'the path of a PEM authority');
  }
  return { peerCa: path };
}

function parseRpc(settings: Settings, dataFolder: string): RpcListener {
  const name = 'COUNTERSIGN_PARTY_RPC';
  const text = settings[name] ?? `unix:${join(dataFolder, 'rpc.sock')}`;
  if (text.startsWith('unix:')) {
    const path = resolve(text.slice('unix:'.length));
    if (Buffer.byteLength(path) > SOCKET_PATH_MAX)
      throw new ConfigurationError(name, `a socket path of at most ${SOCKET_PATH_MAX} bytes`);
    return { kind: 'unix', path };
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.port === '' || url.pathname !== '/')
    throw new ConfigurationError(name, 'unix:/path or https://host:port');
  return {
    kind: 'tls',
    host: url.hostname,
    port: Number(url.port),
    cert: need(settings, 'COUNTERSIGN_PARTY_RPC_CERT', 'the path of a PEM certificate'),
    key: need(settings, 'COUNTERSIGN_PARTY_RPC_KEY', 'the path of a PEM key'),
    clientCa: need(
      settings,
      'COUNTERSIGN_PARTY_RPC_CLIENT_CA',
      'the path of the PEM authority that issues client certificates',
    ),
  };
}

function parseOrigin(settings: Settings, mode: Environment): OriginListener {
  const name = 'COUNTERSIGN_PARTY_ORIGIN';
  const text = need(settings, name, 'an origin such as http://localhost:3101');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.origin !== text || !/^https?:$/u.test(url.protocol))
    throw new ConfigurationError(name, 'an origin such as http://localhost:3101, without a path');
  if (mode === 'production' && url.protocol !== 'https:')
    throw new ConfigurationError(name, 'an https origin in production');
  const cert = settings['COUNTERSIGN_PARTY_ORIGIN_CERT'];
  const key = settings['COUNTERSIGN_PARTY_ORIGIN_KEY'];
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_ORIGIN_KEY',
      'set together with COUNTERSIGN_PARTY_ORIGIN_CERT',
    );
  return {
    origin: text,
    ...parseListen(settings['COUNTERSIGN_PARTY_LISTEN'] ?? `127.0.0.1:${url.port}`),
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
  };
}

const INTERVAL_MIN = 100;
/** A third of the time for which a party's word counts. */
const INTERVAL_MAX = 10_000;

function parsePeerInterval(settings: Settings): number {
  const name = 'COUNTERSIGN_PARTY_PEER_INTERVAL';
  const text = settings[name] ?? '1000';
  const interval = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (interval < INTERVAL_MIN || interval > INTERVAL_MAX)
    throw new ConfigurationError(name, `${INTERVAL_MIN} to ${INTERVAL_MAX} milliseconds`);
  return interval;
}

function parseListen(text: string): { host: string; port: number } {
  const match = /^(?<host>.+):(?<port>\d{1,5})$/u.exec(text);
  const host = match?.groups?.['host'] ?? '';
  const port = Number(match?.groups?.['port'] ?? '-1');
  if (isIP(host) === 0 || port > 65_535 || port < 0)
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_LISTEN',
      'an address and port such as 127.0.0.1:3101',
    );
  return { host, port };
}

function parseKek(settings: Settings, mode: Environment, dataFolder: string): KekSource {
  const name = 'COUNTERSIGN_PARTY_KEK';
  const text = settings[name];
  if (text === undefined && mode === 'production')
    throw new ConfigurationError(
      name,
      'set in production: credential:NAME, passphrase or file:PATH outside the data folder',
    );
  const source = parseKekSource(text ?? `file:${join(dataFolder, 'kek')}`);
  if (mode === 'production' && source.kind === 'file' && isInside(dataFolder, source.path))
    throw new ConfigurationError(name, 'a file outside the data folder in production');
  return source;
}

/** @throws ConfigurationError naming the setting and what is expected. */
export function readPartyConfig(environmentOf: NodeJS.ProcessEnv): PartyConfig {
  const settings = readSettings(environmentOf);
  const mode = environment.safeParse(settings['COUNTERSIGN_MODE'] ?? 'sandbox');
  if (!mode.success) throw new ConfigurationError('COUNTERSIGN_MODE', 'sandbox or production');
  const name = slug.safeParse(settings['COUNTERSIGN_PARTY_NAME']);
  if (!name.success)
    throw new ConfigurationError('COUNTERSIGN_PARTY_NAME', 'a name in lower case, such as control');
  const ownGroup = group.safeParse(settings['COUNTERSIGN_PARTY_GROUP'] ?? name.data);
  if (!ownGroup.success)
    throw new ConfigurationError('COUNTERSIGN_PARTY_GROUP', `one of ${group.options.join(', ')}`);
  const dataFolder = resolve(
    settings['COUNTERSIGN_PARTY_DATA'] ??
      join(settings['COUNTERSIGN_DATA'] ?? '.data', 'parties', name.data),
  );
  return {
    name: name.data,
    group: ownGroup.data,
    mode: mode.data,
    dataFolder,
    rpc: parseRpc(settings, dataFolder),
    origin: parseOrigin(settings, mode.data),
    kek: parseKek(settings, mode.data, dataFolder),
    ...parsePeerCa(settings),
    peerInterval: parsePeerInterval(settings),
  };
}
