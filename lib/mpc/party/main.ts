/** Entry of a party process: settings, keys, stores, then the two doors. */
import { chmodSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { startAdminServer } from './admin-server.ts';
import { carryOutWaits } from './carry-out-waits.ts';
import { ConfigurationError } from './configuration-error.ts';
import { readPartyConfig, type PartyConfig } from './config.ts';
import { dropCeremony, dropStaleCeremonies } from './ceremony-session.ts';
import { startGossip, type Gossip } from './gossip.ts';
import { loadKek } from './kek-source.ts';
import { createLog, faultFields, type Log } from './log.ts';
import { startOriginServer } from './origin-server.ts';
import { createParty } from './open-party.ts';
import { note, type Party } from './party.ts';
import { dropRefresh, dropStaleRefreshes } from './refresh-session.ts';
import { dropRepair, dropStaleRepairs } from './repair-session.ts';
import { startRpcServer } from './rpc-server.ts';
import { keyEncryptionKey, SealError } from './seal.ts';
import { loadOrMakeSetupCode, type SetupCode } from './setup-code.ts';
import { closeSession, closeStaleSessions } from './signing-session.ts';
import { StoreError } from './store/database.ts';

const SWEEP_MS = 1_000;

const write = (line: string): void => void process.stdout.write(line);

/** The first line of standard input, for a passphrase; typed at a terminal, it is not shown. */
async function readPassphrase(): Promise<string> {
  process.stderr.write('Passphrase: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  for await (const line of lines) {
    lines.close();
    process.stderr.write('\n');
    return line;
  }
  return '';
}

async function openParty(config: PartyConfig, log: Log): Promise<Party> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(config.dataFolder, 0o700);
  const root = await loadKek({
    source: config.kek,
    dataFolder: config.dataFolder,
    environment: process.env,
    readPassphrase,
  });
  return createParty({ config, kek: keyEncryptionKey(root), log, now: () => new Date() });
}

/**
 * Shown once, on the terminal of whoever starts the party for the first time. Output that goes
 * anywhere else is kept by somebody (a supervisor's log, a journal), so it names the file only.
 */
function announceCode(party: Party, code: SetupCode): void {
  const { name } = party.config;
  if (code.isNew && process.stdout.isTTY) write(`Set-up code of party ${name}: ${code.reveal()}\n`);
  else write(`Party ${name} is not pinned yet. Its set-up code is in ${code.path}\n`);
}

function stopOn(party: Party, servers: readonly Server[], gossip: Gossip): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    gossip.stop();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    for (const session of party.sessions.values()) closeSession(party, session);
    for (const key of party.ceremonies.keys()) dropCeremony(party, key);
    for (const key of party.refreshes.keys()) dropRefresh(party, key);
    for (const key of party.repairs.keys()) dropRepair(party, key);
    for (const share of party.shares.values()) share.fill(0);
    party.database.close();
    party.log('stopped');
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function main(): Promise<void> {
  process.umask(0o077);
  const config = readPartyConfig(process.env);
  const log = createLog(config.name, write);
  process.on('uncaughtException', (error) => {
    log('crashed', faultFields(error));
    process.exit(1);
  });
  const party = await openParty(config, log);
  note(party, { event: 'started' });
  const code = party.trust ? null : loadOrMakeSetupCode(config.dataFolder);
  const servers = [
    await startOriginServer(party, code),
    await startAdminServer(party),
    await startRpcServer(party),
  ].filter((server) => server !== null);
  stopOn(party, servers, startGossip(party));
  setInterval(() => {
    closeStaleSessions(party);
    dropStaleCeremonies(party);
    carryOutWaits(party);
    dropStaleRefreshes(party);
    dropStaleRepairs(party);
  }, SWEEP_MS).unref();
  if (code) announceCode(party, code);
  const where =
    config.rpc.kind === 'unix'
      ? `unix:${config.rpc.path}`
      : `https://${config.rpc.host}:${config.rpc.port}`;
  log('ready', { rpc: where, origin: config.origin.origin, mode: config.mode });
}

/** Faults that the person who starts the party can mend have a sentence; others show where, not what. */
function explain(error: unknown): string {
  if (
    error instanceof ConfigurationError ||
    error instanceof StoreError ||
    error instanceof SealError
  )
    return error.message;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'The address of this party is taken by another process.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'The party may not write where it has to. Check its data folder and address.';
  if (code === 'ENOSPC') return 'The disk is full. Make room and start the party again.';
  if (code === 'ENOENT') return 'A file that the settings name does not exist.';
  const { fault, where } = faultFields(error);
  return `The party could not start (${String(fault)} at ${String(where ?? 'an unknown place')}).`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
