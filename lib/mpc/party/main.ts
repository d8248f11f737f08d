/** Entry of a party process: settings, keys, stores, then the two doors. */
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { startAdminServer } from './admin-server.ts';
import { closeParty } from './close-party.ts';
import { readPartyConfig, type PartyConfig } from './config.ts';
import { explainStart } from './explain-start.ts';
import { startGossip, type Gossip } from './gossip.ts';
import { loadKek } from './kek-source.ts';
import { createLog, faultFields, type Log } from './log.ts';
import { startOriginServer } from './origin-server.ts';
import { createParty } from './open-party.ts';
import { note, type Party } from './party.ts';
import { connectPeer } from './peer-channel.ts';
import { startRpcServer } from './rpc-server.ts';
import { keyEncryptionKey } from './seal.ts';
import { loadOrMakeSetupCode, type SetupCode } from './setup-code.ts';
import { sweepParty } from './sweep-party.ts';
import { warmCurves } from './warm-curves.ts';

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
    closeParty(party);
    party.log('stopped');
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** The file of authorities is read here, so that a missing one stops the start. */
function talkToPeers(party: Party): Gossip {
  const { peerCa, peerInterval, mode } = party.config;
  const ca = peerCa === undefined ? null : readFileSync(peerCa, 'utf8');
  const gossip = startGossip(party, {
    everyMs: peerInterval,
    connect: (origin) => connectPeer(origin, mode, ca),
  });
  party.onNews = () => gossip.nudge();
  party.peers.ask = gossip.nudge;
  return gossip;
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
  warmCurves();
  const code = party.trust ? null : loadOrMakeSetupCode(config.dataFolder);
  const servers = [
    await startOriginServer(party, code),
    await startAdminServer(party),
    await startRpcServer(party),
  ].filter((server) => server !== null);
  stopOn(party, servers, talkToPeers(party));
  setInterval(() => sweepParty(party), SWEEP_MS).unref();
  if (code) announceCode(party, code);
  const where =
    config.rpc.kind === 'unix'
      ? `unix:${config.rpc.path}`
      : `https://${config.rpc.host}:${config.rpc.port}`;
  log('ready', { rpc: where, origin: config.origin.origin, mode: config.mode });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exit(1);
}
