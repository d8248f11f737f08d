import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { createEthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { createSandboxControl } from './control.ts';
import { ETHER, freshKey, openAccount, signTransfer, until } from './testing/account-fixture.ts';
import { spawnSandbox, startSandbox, type SandboxProcess } from './testing/sandbox-process.ts';

let folder: string;
let chain: SandboxProcess | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cs-ethereum-'));
  chain = null;
});
afterEach(async () => {
  await chain?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<SandboxProcess> {
  chain = await startSandbox({ data: folder });
  return chain;
}

describe('the sandbox chain over a restart', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'after %s it is the same chain with the same blocks, balances and nonces',
    async (signal) => {
      const first = await start();
      const account = await openAccount(first.url);
      const transfer = await signTransfer(account, { to: freshKey().address });
      await account.client.sendTransaction(transfer.raw);
      const receipt = await until('it is in a block', () =>
        account.client.getReceipt(transfer.hash),
      );
      // Some blocks later what was kept is certain to hold the transaction.
      await account.control.mine(2);
      expect(await first.stop(signal)).toBe(signal === 'SIGTERM' ? 0 : signal);
      const second = await start();
      const client = createEthereumClient(second.url);
      expect(second.genesisHash).toBe(first.genesisHash);
      expect(await client.getReceipt(transfer.hash)).toEqual(receipt);
      const { blockNumber: number, blockHash: hash } = receipt;
      expect(await client.checkMark({ number, hash })).toBe('kept');
      expect(await client.getNonce(account.key.address, 'finalized')).toBe(transfer.nonce + 1n);
      const fate = { account: account.key.address, nonce: transfer.nonce, unusedAt: 0n };
      expect(await client.findFate({ ...fate, hashes: [transfer.hash] })).toMatchObject({
        fate: 'executed',
        isFinal: true,
      });
      const again = await signTransfer({ ...account, client }, { to: freshKey().address });
      expect(await client.sendTransaction(again.raw)).toMatchObject({ outcome: 'accepted' });
      await until('the next one is in a block', () => client.getReceipt(again.hash));
    },
  );

  test('its clock goes on with the world, and the newest block is younger than the one before', async () => {
    const first = await start();
    const before = await createEthereumClient(first.url).getBlock('latest');
    await first.stop('SIGTERM');
    const second = await start();
    const after = await createEthereumClient(second.url).getBlock('latest');
    expect(Number(after?.timestamp)).toBeGreaterThan(Number(before?.timestamp));
    expect(Math.abs(Number(after?.timestamp) - Date.now() / 1_000)).toBeLessThan(60);
  });

  test('every sandbox is a chain of its own', async () => {
    const first = await start();
    await first.stop('SIGKILL');
    const genesis = join(folder, 'sandbox', 'ethereum', 'genesis.json');
    const { timestamp } = JSON.parse(readFileSync(genesis, 'utf8')) as { timestamp: number };
    rmSync(join(folder, 'sandbox'), { recursive: true });
    const second = await start();
    const { timestamp: other } = JSON.parse(readFileSync(genesis, 'utf8')) as { timestamp: number };
    expect(second.genesisHash === first.genesisHash).toBe(timestamp === other);
  });

  test('a broken file of state stops the start with its name', async () => {
    const first = await start();
    await first.stop('SIGTERM');
    writeFileSync(join(folder, 'sandbox', 'ethereum', 'state.hex'), 'broken');
    await expect(start()).rejects.toThrow('state.hex holds no state of the sandbox chain');
  });
});

/** Ids of running processes that have a text among their arguments. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

/** Asks something of the sandbox over plain HTTP. @returns status and body. */
async function post(
  url: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; text: string }> {
  const { port } = new URL(url);
  const asked = request({ host: '127.0.0.1', port, method: 'POST', path: '/', headers });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}

const ask = (method: string, ...params: unknown[]): string =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

describe('the door of the sandbox chain', () => {
  test('has no unlocked accounts, cheats or tracing, and takes no bundles', async () => {
    const { url } = await start();
    for (const method of [
      'eth_accounts',
      'eth_sendTransaction',
      'eth_sign',
      'anvil_setBalance',
      'evm_revert',
      'hardhat_impersonateAccount',
      'debug_traceTransaction',
      'constructor',
    ]) {
      const { text } = await post(url, ask(method));
      expect(text, method).toContain('Method not found');
    }
    expect((await post(url, `[${ask('eth_chainId')}]`)).text).toContain('Invalid request');
    expect((await post(url, '{')).text).toContain('Parse error');
    expect((await post(url, ask('sandbox_deposit', 'nobody', '1'))).text).toContain(
      'must be an address',
    );
  });

  test('does not open to pages of other sites, forms or large bodies', async () => {
    const { url } = await start();
    const chainId = ask('eth_chainId');
    const json = { 'content-type': 'application/json' };
    expect((await post(url, chainId)).text).toContain('0x7a69');
    expect((await post(url, chainId, { ...json, host: 'evil.example' })).status).toBe(403);
    expect((await post(url, chainId, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(url, `"${'a'.repeat(300_000)}"`)).status).toBe(413);
  });

  test('has the token from the first block on, and is quiet when nothing happens', async () => {
    const { url } = await start();
    const client = createEthereumClient(url);
    expect(
      await client.checkToken(EURC_SANDBOX, {
        decimals: 6,
        symbol: 'EURC',
        names: ['EURC (sandbox, worth nothing)'],
      }),
    ).toEqual({ ok: true });
    const control = createSandboxControl(url);
    const to = freshKey().address;
    const hash = await control.deposit(to, ETHER);
    await until('the deposit is final', async () => {
      const final = await client.getBlock('finalized');
      const receipt = await client.getReceipt(hash);
      return receipt && final && final.number >= receipt.blockNumber;
    });
    const settled = await until('it is quiet', async () => {
      const one = await client.blockNumber();
      await client.getFeeMarket();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      return one === (await client.blockNumber()) ? one : null;
    });
    expect(settled).toBeGreaterThan(0n);
  });

  test('does not start in production', async () => {
    const child = spawnSandbox(['--data', folder, '--port', '0'], {
      COUNTERSIGN_MODE: 'production',
    });
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(Buffer.concat(said).toString('utf8')).toContain('does not start with');
  });

  test.skipIf(!existsSync('/proc/self/cmdline'))(
    'leaves no node behind, however it ends',
    async () => {
      const { child } = await start();
      const nodes = (): string[] => processesWith(join(folder, 'sandbox', 'ethereum', 'cache'));
      expect(nodes().length).toBeGreaterThan(0);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await until('its node is gone too', async () => nodes().length === 0);
    },
  );
});
