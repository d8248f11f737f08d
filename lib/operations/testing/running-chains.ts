/** The Bitcoin stand-in and a real Ethereum node, each a process of its own that lives as long as its test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import { startStandIn } from '#lib/chains/bitcoin/client/testing/setting.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { createEthereumClient, type EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import type { BitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import { createSandboxControl, type SandboxControl } from '#lib/sandbox/ethereum/control.ts';
import { startSandbox } from '#lib/sandbox/ethereum/testing/sandbox-process.ts';

type Running<Node, Control> = {
  url: string;
  /** What the worker asks. */
  node: Node;
  /** Deposits, blocks and faults on demand. */
  control: Control;
  /** Ends the process, and removes its chain. */
  close(): Promise<void>;
};
export type BitcoinChain = Running<BitcoinSource, BitcoinSandboxControl>;
export type EthereumChain = Running<EthereumClient, SandboxControl>;

/** Blocks come on demand only. */
export async function startBitcoin(): Promise<BitcoinChain> {
  const standIn = await startStandIn();
  const { url, control } = standIn;
  const node = createEsploraSource(url, { chain: BITCOIN_REGTEST });
  return { url, node, control, close: () => standIn.stop() };
}

/** Blocks come by themselves, every 20 milliseconds. */
export async function startEthereum(): Promise<EthereumChain> {
  const data = mkdtempSync(join(tmpdir(), 'cs-ethereum-'));
  const chain = await startSandbox({ data });
  const { url } = chain;
  return {
    url,
    node: createEthereumClient(url, { timeoutMs: 10_000 }),
    control: createSandboxControl(url),
    close: async () => {
      await chain.stop('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
