/** A stand-in, and sources of both kinds for it, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createBitcoinSandboxControl,
  type BitcoinSandboxControl,
} from '#lib/sandbox/bitcoin/control.ts';
import { startBitcoinSandbox } from '#lib/sandbox/bitcoin/testing/sandbox-process.ts';
import { BITCOIN_REGTEST } from '../../networks.ts';
import { createCoreSource } from '../core-source.ts';
import { createEsploraSource } from '../esplora-source.ts';
import type { BitcoinSource, SourceOptions } from '../source.ts';

export const sourceKinds = ['core', 'esplora'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export function makeSource(
  kind: SourceKind,
  url: string,
  { timeoutMs = 5_000, chain = BITCOIN_REGTEST, ...rest }: Partial<SourceOptions> = {},
): BitcoinSource {
  return kind === 'core'
    ? createCoreSource({
        url,
        credentials: { user: 'console', password: 'secret' },
        chain,
        timeoutMs,
        scanTimeoutMs: timeoutMs,
        ...rest,
      })
    : createEsploraSource(url, { chain, timeoutMs, ...rest });
}

/** Nobody listens there. */
export const nowhere = 'http://127.0.0.1:9';

export type StandIn = {
  url: string;
  genesisHash: string;
  control: BitcoinSandboxControl;
  /** Ends it, and removes its chain. */
  stop(): Promise<void>;
};

/** A chain of its own, in a process of its own. */
export async function startStandIn(): Promise<StandIn> {
  const data = mkdtempSync(join(tmpdir(), 'bitcoin-stand-in-'));
  const sandbox = await startBitcoinSandbox({ data });
  const { url, genesisHash } = sandbox;
  return {
    url,
    genesisHash,
    control: createBitcoinSandboxControl(url),
    stop: async () => {
      await sandbox.stop('SIGTERM');
      rmSync(data, { recursive: true });
    },
  };
}
