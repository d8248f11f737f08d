/** The processes of the sandbox: what each runs, what it gets to know, and when it counts as ready. */
import { isListening } from './parties.ts';
import {
  bitcoinAddress,
  booksKeyFile,
  booksSocket,
  colleaguesSocket,
  ethereumAddress,
  keyRingFile,
  solanaAddress,
  sourceKeyFile,
  sourcesSocket,
  webVariables,
  workerVariables,
  type DatabaseUrls,
} from './environments.ts';
import { nodeCommand } from './node-command.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';

const ANSWER_MS = 3_000;
const WORKER_UP_MS = 700;
/** A cluster takes 400 ms; so much patience teaches nothing here. Final after 32 of them: 4 s. */
const SOLANA_SLOT_MS = 125;
/** Bitcoin takes ten minutes; six blocks, after which exchanges take a payment for final, take half a minute here. */
const BITCOIN_BLOCK_MS = 5_000;

const usual = { readyWithinMs: 60_000, stopWithinMs: 8_000, stopSignal: 'SIGTERM' } as const;

async function answers(url: string, init: RequestInit): Promise<boolean> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
  await response.body?.cancel();
  return response.ok;
}

/** Mainnet takes 12 seconds. Final after four more blocks: 4 s. */
const ETHEREUM_BLOCK_MS = 1_000;

/** A question without parameters, as JSON-RPC 2.0. */
const asks = (method: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method }),
});

export function ethereumService(settings: Settings): ServiceSpec {
  return {
    ...usual,
    name: 'ethereum',
    title: 'Ethereum sandbox',
    command: () =>
      nodeCommand('lib/sandbox/ethereum/main.ts', {
        env: {
          COUNTERSIGN_MODE: settings.mode,
          COUNTERSIGN_DATA: settings.data,
          COUNTERSIGN_ETHEREUM_PORT: String(settings.ports.ethereum),
          COUNTERSIGN_ETHEREUM_BLOCK_MS: String(ETHEREUM_BLOCK_MS),
        },
      }),
    isReady: () => answers(ethereumAddress(settings), asks('eth_chainId')),
  };
}

export function solanaService(settings: Settings): ServiceSpec {
  return {
    ...usual,
    name: 'solana',
    title: 'Solana sandbox',
    command: () =>
      nodeCommand('lib/sandbox/solana/main.ts', {
        env: {
          COUNTERSIGN_MODE: settings.mode,
          COUNTERSIGN_DATA: settings.data,
          COUNTERSIGN_SOLANA_PORT: String(settings.ports.solana),
          COUNTERSIGN_SOLANA_SLOT_MS: String(SOLANA_SLOT_MS),
        },
      }),
    isReady: () => answers(solanaAddress(settings), asks('getHealth')),
  };
}

export function bitcoinService(settings: Settings): ServiceSpec {
  return {
    ...usual,
    name: 'bitcoin',
    title: 'Bitcoin sandbox',
    command: () =>
      nodeCommand('lib/sandbox/bitcoin/main.ts', {
        env: {
          COUNTERSIGN_MODE: settings.mode,
          COUNTERSIGN_DATA: settings.data,
          COUNTERSIGN_BITCOIN_PORT: String(settings.ports.bitcoin),
          COUNTERSIGN_BITCOIN_BLOCK_MS: String(BITCOIN_BLOCK_MS),
        },
      }),
    isReady: () => answers(`${bitcoinAddress(settings)}/health`, {}),
  };
}

export function sourcesService({ data }: Settings): ServiceSpec {
  return {
    ...usual,
    name: 'sources',
    title: 'Sandbox sources',
    command: () =>
      nodeCommand('lib/sandbox/sources/main.ts', {
        args: [sourcesSocket(data), sourceKeyFile(data)],
        env: {},
      }),
    isReady: () => isListening(sourcesSocket(data)),
  };
}

/** @param url of the database, as the source's own role. */
export function booksService({ data }: Settings, url: string): ServiceSpec {
  return {
    ...usual,
    name: 'books',
    title: 'Sandbox source of shortfalls',
    command: () =>
      nodeCommand('lib/sandbox/books/main.ts', {
        args: [booksSocket(data), booksKeyFile(data)],
        env: { DATABASE_URL_BOOKS: url },
      }),
    isReady: () => isListening(booksSocket(data)),
  };
}

/** The worker, with all its variables in `env`. */
export function runWorker(env: Record<string, string>): ServiceSpec {
  let startedAt = 0;
  return {
    ...usual,
    name: 'worker',
    title: 'Worker',
    command: () => {
      startedAt = Date.now();
      return nodeCommand('scripts/worker/main.ts', { env });
    },
    // It serves nobody; whether it works shows in /api/health. Here it only has to stay up.
    isReady: () => Date.now() - startedAt > WORKER_UP_MS,
  };
}

export function colleaguesService(
  settings: Settings,
  secrets: Secrets,
  urls: DatabaseUrls,
): ServiceSpec {
  return {
    ...usual,
    name: 'colleagues',
    title: 'Sample colleagues',
    command: () =>
      nodeCommand('lib/sandbox/colleagues/main.ts', {
        args: [keyRingFile(settings.data)],
        // They act as people at the console would, so they get what the web server has.
        env: webVariables(settings, secrets, urls),
      }),
    isReady: () => isListening(colleaguesSocket(settings.data)),
  };
}

/** The web server, with all its variables in `env`; on loopback, behind whatever ends TLS. */
export function runWeb(options: {
  port: number;
  /** Folder of the build to serve; null for `next dev`, which builds as it goes. */
  build: string | null;
  env: Record<string, string>;
}): ServiceSpec {
  const { build } = options;
  const listen = ['--port', String(options.port), '--hostname', '127.0.0.1'];
  return {
    ...usual,
    name: 'web',
    title: 'Web server',
    command: () =>
      nodeCommand('node_modules/next/dist/bin/next', {
        args: [build === null ? 'dev' : 'start', ...listen],
        env: {
          ...(build === null
            ? { NODE_ENV: 'development' }
            : { NODE_ENV: 'production', COUNTERSIGN_WEB_BUILD: build }),
          ...options.env,
        },
      }),
    // Any answer will do: 503 means that something behind it is not well yet.
    isReady: async () => {
      const response = await fetch(`http://127.0.0.1:${options.port}/api/health`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await response.body?.cancel();
      return response.status === 200 || response.status === 503;
    },
  };
}

export const workerService = (
  settings: Settings,
  secrets: Secrets,
  urls: DatabaseUrls,
): ServiceSpec => runWorker(workerVariables(settings, secrets, urls));

export const webService = (
  settings: Settings,
  secrets: Secrets,
  urls: DatabaseUrls,
  build: string | null,
): ServiceSpec =>
  runWeb({ port: settings.ports.web, build, env: webVariables(settings, secrets, urls) });
