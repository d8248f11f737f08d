/** Starts, kills and restarts real party processes in folders of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectParty, partyStatus, type PartyClient } from '../client/party-client.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { pinParty } from '../party/pin-command.ts';

const entry = fileURLToPath(new URL('../party/main.ts', import.meta.url));
/** Ends a party whose test was killed, as under the supervisor. */
const dieWithParent = new URL('../../../scripts/supervisor/die-with-parent.mjs', import.meta.url)
  .href;
const PARENT_FD = 3;
const START_LIMIT = 30_000;

export type PartyProcess = {
  readonly name: string;
  readonly data: string;
  readonly origin: string;
  readonly client: PartyClient;
  /** Everything the process wrote so far, over all its starts. */
  output(): string;
  start(): Promise<void>;
  /** Waits until another party told it how far it had come, as after `start`. */
  heard(): Promise<void>;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** Of its process; null while it is off. */
  pid(): number | null;
  /** SIGTERM, and waits for the exit code. */
  stop(): Promise<number | null>;
  /** Kills the process and removes its folder. */
  remove(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT);
  const seen = output().length;
  while (!output().slice(seen).includes('"event":"ready"')) {
    if (child.exitCode !== null)
      throw new Error(`The party did not start: ${output().slice(seen)}`);
    const events = child.stdout ? [once(child.stdout, 'data', { signal: limit })] : [];
    await Promise.race([...events, once(child, 'exit', { signal: limit })]);
  }
}

const HEARD_LIMIT = 3_000;

/**
 * Waits until another party has told this one how far it had come, where there is one that can: a
 * party that was pinned moves no share before. One that starts alone is not waited for longer.
 */
async function untilHeard(client: PartyClient): Promise<void> {
  const limit = Date.now() + HEARD_LIMIT;
  for (;;) {
    const status = await partyStatus(client);
    const waits =
      status.ok &&
      status.value.genesisDigest !== null &&
      status.value.word === 'none-yet' &&
      status.value.peers.length > 0;
    if (!waits || Date.now() > limit) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export type PartyOptions = {
  name: string;
  /** Extra environment, such as another address or key-encryption key. */
  env?: Record<string, string>;
  client?: (rpcPath: string) => PartyClient;
  timeoutMs?: number;
};

/** Prepares a party; `start` brings it up. */
export async function prepareParty({
  name,
  env,
  client,
  timeoutMs,
}: PartyOptions): Promise<PartyProcess> {
  const data = mkdtempSync(join(tmpdir(), `cs-${name}-`));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const rpcPath = join(data, 'rpc.sock');
  let child: ChildProcess | null = null;
  let written = '';
  const own =
    client?.(rpcPath) ??
    connectParty(
      { name, rpc: `unix:${rpcPath}`, origin, expected: 'online' },
      { timeoutMs: timeoutMs ?? 20_000 },
    );
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null)
      return running?.exitCode ?? null;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
    return running.exitCode;
  };
  const stop = () => end('SIGTERM');
  const kill = async (): Promise<void> => void (await end('SIGKILL'));
  return {
    name,
    data,
    origin,
    client: own,
    output: () => written,
    stop,
    kill,
    pid: () => child?.pid ?? null,
    heard: () => untilHeard(own),
    async start() {
      const started = spawn(process.execPath, ['--import', dieWithParent, entry], {
        env: {
          NODE_ENV: 'test',
          PATH: process.env['PATH'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          COUNTERSIGN_PARENT_FD: String(PARENT_FD),
          COUNTERSIGN_MODE: 'sandbox',
          COUNTERSIGN_PARTY_NAME: name,
          COUNTERSIGN_PARTY_DATA: data,
          COUNTERSIGN_PARTY_ORIGIN: origin,
          COUNTERSIGN_PARTY_LISTEN: `127.0.0.1:${port}`,
          COUNTERSIGN_PARTY_PEER_INTERVAL: '250',
          ...env,
        },
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      });
      // It carries nothing; an error on it is the party's end, which is noticed below.
      started.stdio[PARENT_FD]?.on('error', () => undefined);
      const keep = (chunk: Buffer): void => {
        written += chunk.toString('utf8');
      };
      started.stdout.on('data', keep);
      started.stderr.on('data', keep);
      const before = child;
      child = started;
      try {
        await untilReady(started, () => written);
        await untilHeard(own);
      } catch (error) {
        // One that did not come up must not hide one that still runs.
        child = before;
        throw error;
      }
    },
    async remove() {
      await kill();
      own.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The party's entry for a roster, from its own status. */
export async function rosterEntry(party: PartyProcess, index: number): Promise<RosterParty> {
  const status = await partyStatus(party.client);
  if (!status.ok) throw new Error(status.refusal);
  const { name, group, identityKey, exchangeKey } = status.value;
  return { name, group, index, identityKey, exchangeKey, origin: party.origin };
}

/** Pins with the set-up code as a person with the party's terminal would. */
export async function pin(party: PartyProcess, digest: string): Promise<void> {
  const outcome = await pinParty({ origin: party.origin, digest, dataFolder: party.data });
  if (!outcome.ok) throw new Error(outcome.sentence);
}

export function setupCodeOf(party: PartyProcess): string | null {
  const path = join(party.data, 'setup-code');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
