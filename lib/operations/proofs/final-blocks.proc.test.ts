import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEthereumClient, type EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import {
  startSandbox,
  type SandboxProcess,
} from '#lib/sandbox/ethereum/testing/sandbox-process.ts';
import { finalBlock, finalBlocks } from './final-blocks.ts';

const chain = 'eip155:31337';
const data = mkdtempSync(join(tmpdir(), 'cs-final-blocks-'));
let sandbox: SandboxProcess;
let ethereum: EthereumClient;
// Nobody answers there.
const solana = createSolanaClient('http://127.0.0.1:1');

beforeAll(async () => {
  sandbox = await startSandbox({ data });
  ethereum = createEthereumClient(sandbox.url);
}, 60_000);
afterAll(async () => {
  await sandbox.stop('SIGTERM');
  rmSync(data, { recursive: true, force: true });
});

it('the block of an Ethereum chain is one that the chain calls final, once however many vaults ask', async () => {
  const before = await ethereum.getBlock('finalized');
  const [block, ...more] = await finalBlocks([chain, chain], { solana, ethereum });
  expect(more).toEqual([]);
  expect(block).toMatchObject({ chain });
  expect(block?.height).toBeGreaterThanOrEqual(Number(before?.number));
  expect((await ethereum.getBlock(BigInt(block?.height ?? -1)))?.hash).toBe(block?.hash);
});

it('there is none where no node of the chain is configured', async () => {
  await expect(finalBlock(chain, { solana })).rejects.toThrow('No Ethereum node');
  await expect(finalBlock('bip122:0f9188f13cb7b2c71f2a335e3a4fc328', { solana })).rejects.toThrow(
    'No Bitcoin node',
  );
});
