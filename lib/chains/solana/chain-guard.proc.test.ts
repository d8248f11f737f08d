import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import {
  freshKey,
  openVault,
  signTransfer,
  SOL,
} from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { createSolanaClient, type SolanaClient } from './client.ts';

let folders: string[];
let chain: SandboxProcess;
let client: SolanaClient;

/** Another chain each time, or the one of a folder again. */
async function startChain(folder = mkdtempSync(join(tmpdir(), 'cs-guard-')), port = 0) {
  folders.push(folder);
  chain = await startSandbox({ data: folder, port });
  return folder;
}

const portOf = (url: string): number => Number(new URL(url).port);

beforeEach(async () => {
  folders = [];
  await startChain();
  const { genesisHash } = chain;
  client = createSolanaClient(chain.url, {
    timeoutMs: 5_000,
    accepts: async (hash) => hash === genesisHash,
  });
});
afterEach(async () => {
  await chain.stop('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a client of one chain', () => {
  test('answers while the node belongs to it, and says so when it belongs to another', async () => {
    const { address } = freshKey();
    expect(await client.getBalance(address)).toBe(0n);
    const port = portOf(chain.url);
    await chain.stop('SIGKILL');
    // A question in between finds nobody, so the node that is there next is asked who it is.
    await expect(client.getBalance(address)).rejects.toMatchObject({ fault: 'rpc-unreachable' });
    await startChain(undefined, port);
    await expect(client.getBalance(address)).rejects.toMatchObject({ fault: 'rpc-other-chain' });
    await expect(client.health()).rejects.toMatchObject({ fault: 'rpc-other-chain' });
  });

  test('sends nothing to another chain, even right after it saw its own', async () => {
    const fixture = await openVault(chain.url);
    const transfer = await signTransfer(fixture, { to: freshKey().address, lamports: SOL });
    const port = portOf(chain.url);
    const own = folders[0];
    await client.getBalance(fixture.vault.address);
    await chain.stop('SIGTERM');
    await startChain(undefined, port);
    await expect(client.sendTransaction(transfer.bytes)).rejects.toMatchObject({
      fault: 'rpc-other-chain',
    });
    await chain.stop('SIGKILL');
    await startChain(own, port);
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({ outcome: 'accepted' });
  });

  test('does not send when it cannot find out which chain the node belongs to', async () => {
    const fixture = await openVault(chain.url);
    const transfer = await signTransfer(fixture, { to: freshKey().address, lamports: SOL });
    await chain.stop('SIGKILL');
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({
      outcome: 'unknown',
      fault: 'rpc-unreachable',
    });
  });
});
