/** The Ethereum node of the sandbox (anvil), as a process that ends with this one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CHAIN_ID } from './sandbox-chain.ts';
import { StateFault } from './state-files.ts';

export type Anvil = {
  /** On loopback; only this process knows it. */
  url: string;
  /** Settles with what it said last when it ends, asked or not. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/** A block is final when four more lie on it: anvil counts two epochs. */
const SLOTS_IN_EPOCH = 2;
export const BLOCKS_UNTIL_FINAL = 2 * SLOTS_IN_EPOCH;
/** Blocks back to which balances and nonces can be asked for, as on a node without an archive. */
const STATES_KEPT = 128;
const READY_WITHIN_MS = 20_000;

/** Descriptor whose end tells the shell that this process is gone, however it went. */
const PARENT_FD = 3;
/**
 * The shell runs anvil and a reader of the pipe beside it. When the pipe ends, anvil is killed; when
 * anvil ends, so does the shell.
 */
const KEEPER = `
"$0" "$@" ${PARENT_FD}<&- &
node=$!
(read -r line <&${PARENT_FD}; kill -9 "$node") 2>/dev/null &
reader=$!
wait "$node"
code=$?
kill "$reader" 2>/dev/null
exit "$code"
`;

/**
 * @param timestamp unix time of block 0.
 * @param cache folder for states that do not fit into memory.
 * @throws Error with what it said when it does not come up.
 */
export async function startAnvil(timestamp: number, cache: string): Promise<Anvil> {
  const child = spawn('/bin/sh', ['-c', KEEPER, anvilBinary(), ...argumentsFor(timestamp, cache)], {
    // In a group of its own: what ends this process's group must not end it before its state is kept.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  // The newest words on standard error; on standard output it prints every question.
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-2_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`${code ?? signal} ${tail.trim()}`.trim()));
  });
  try {
    const url = await Promise.race([
      listening(child),
      ended.then((said) => {
        throw new Error(`anvil ended before it was ready: ${said}`);
      }),
    ]);
    return { url, ended, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** The address it says it listens on. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('anvil did not come up in time')),
      READY_WITHIN_MS,
    );
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      // Read on all the same: a full pipe would stop it.
      if (said.length > 100_000) return;
      said += chunk.toString('utf8');
      const address = /Listening on (127\.0\.0\.1:\d+)\s/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(`http://${address}`);
    });
    child.once('exit', () => clearTimeout(timer));
  });
}

function argumentsFor(timestamp: number, cache: string): string[] {
  return [
    '--host=127.0.0.1',
    '--port=0',
    '--no-cors',
    // A whole chain comes back in one request.
    '--no-request-size-limit',
    `--chain-id=${CHAIN_ID}`,
    `--timestamp=${timestamp}`,
    // The process around it decides when a block is made.
    '--no-mining',
    `--slots-in-an-epoch=${SLOTS_IN_EPOCH}`,
    // States of older blocks would go to disk, half a megabyte each; nodes without an archive drop them too.
    `--prune-history=${STATES_KEPT}`,
    `--cache-path=${cache}`,
    // Ten well-known accounts; the first two pay what comes from outside.
    '--balance=100000000',
  ];
}

/** By its pipe: the shell kills it and ends. What has to be kept was written before. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.stdio[PARENT_FD]?.destroy();
  await gone;
}

/**
 * Of the package for this platform, which `@foundry-rs/anvil` only names.
 * @throws StateFault where the installation left it out.
 */
function anvilBinary(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`;
  try {
    const require = createRequire(import.meta.url);
    const own = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
    return join(dirname(own.resolve(`${name}/package.json`)), 'bin', 'anvil');
  } catch {
    throw new StateFault(
      `The Ethereum node of the sandbox (${name}) is not installed. Run \`npm install\` without leaving out optional packages.`,
    );
  }
}
