import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import { createSolanaRpc, address, signature } from '@solana/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type SandboxProcess } from './testing/sandbox-process.ts';
import {
  freshKey,
  openVault,
  signTransfer,
  SOL,
  type VaultFixture,
} from './testing/vault-fixture.ts';

const data = mkdtempSync(join(tmpdir(), 'solana-rpc-'));
let sandbox: SandboxProcess;
let vault: VaultFixture;

beforeAll(async () => {
  sandbox = await startSandbox({ data });
  vault = await openVault(sandbox.url);
});
afterAll(async () => {
  await sandbox.stop('SIGTERM');
  rmSync(data, { recursive: true });
});

type Sent = { status: number; text: string; headers: Headers };

async function post(body: string, headers: Record<string, string> = {}): Promise<Sent> {
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const ask = async (method: string, ...params: unknown[]): Promise<unknown> =>
  JSON.parse((await post(JSON.stringify({ jsonrpc: '2.0', id: 'q', method, params }))).text);

const someone = freshKey().address;

describe('a malformed question', () => {
  it.each([
    ['no JSON', '{', -32700],
    ['not an object', '7', -32600],
    ['no method', '{"jsonrpc":"2.0","id":1}', -32600],
    ['another version', '{"jsonrpc":"1.0","id":1,"method":"getSlot"}', -32600],
    ['parameters by name', '{"jsonrpc":"2.0","id":1,"method":"getSlot","params":{}}', -32600],
    ['an empty batch', '[]', -32600],
    [
      'a batch above the limit',
      JSON.stringify(
        Array.from({ length: 51 }, () => ({ jsonrpc: '2.0', id: 1, method: 'getHealth' })),
      ),
      -32600,
    ],
    [
      'a number with endless digits',
      `{"jsonrpc":"2.0","id":${'9'.repeat(5000)},"method":"getHealth"}`,
      -32700,
    ],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, -32700],
  ])('(%s) gets the code a real node gives', async (_name, body, code) => {
    const { status, text } = await post(body);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', error: { code } });
  });

  it.each([
    ['getBlocks', [], -32601],
    ['constructor', [], -32601],
    ['__proto__', [], -32601],
    ['getBalance', [], -32602],
    ['getBalance', ['not an address'], -32602],
    ['getBalance', [someone, { commitment: 'certain' }], -32602],
    ['getAccountInfo', [someone, { encoding: 'jsonParsed' }], -32602],
    ['getTokenAccountsByOwner', [someone, {}], -32602],
    ['getMultipleAccounts', [Array.from({ length: 101 }, () => someone)], -32602],
    ['getSignatureStatuses', [['1111']], -32602],
    ['getSignaturesForAddress', [someone, { limit: 1001 }], -32602],
    ['getSignaturesForAddress', [someone, { commitment: 'processed' }], -32602],
    ['getMinimumBalanceForRentExemption', [-1], -32602],
    ['getMinimumBalanceForRentExemption', [1e300], -32602],
    ['sendTransaction', ['!!!', { encoding: 'base64' }], -32602],
    ['sendTransaction', ['AAAA', { encoding: 'base64' }], -32602],
    ['sendTransaction', ['A'.repeat(1648), { encoding: 'base64' }], -32602],
    ['sendTransaction', [7], -32602],
    ['simulateTransaction', ['', { encoding: 'base64' }], -32602],
    ['getFeeForMessage', ['AAAA'], -32602],
    ['requestAirdrop', [someone, 0], -32602],
    ['requestAirdrop', [someone, 1.5], -32602],
    ['sandbox_advanceSlots', [1e9], -32602],
    ['sandbox_deposit', [someone, 5, { memo: 'Grüße' }], -32602],
  ])('%s(%j) is refused with the right code', async (method, params, code) => {
    expect(await ask(method, ...params)).toMatchObject({ id: 'q', error: { code } });
  });
});

describe('the HTTP door', () => {
  it('refuses bodies above 50 KiB, other content types, paths and methods', async () => {
    expect((await post(' '.repeat(50 * 1024 + 1))).status).toBe(413);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await fetch(`${sandbox.url}/other`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(sandbox.url, { method: 'PUT' })).status).toBe(405);
  });

  it('refuses a host name that is not its own, as a rebound name would be', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        sandbox.url,
        { method: 'POST', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end('{}');
    });
    expect(status).toBe(403);
  });

  it('says that it is a sandbox, and that it is well', async () => {
    const health = await fetch(`${sandbox.url}/health`);
    expect(await health.text()).toBe('ok');
    expect(health.headers.get('x-countersign-sandbox')).toBe('solana');
    expect(await ask('getVersion')).toMatchObject({
      result: { 'solana-core': expect.stringContaining('sandbox') },
    });
  });

  it('answers a batch in order, and nothing to notifications', async () => {
    const batch = [
      { jsonrpc: '2.0', id: 1, method: 'getHealth' },
      { jsonrpc: '2.0', method: 'getSlot' },
      { jsonrpc: '2.0', id: 'b', method: 'nope' },
    ];
    expect(JSON.parse((await post(JSON.stringify(batch))).text)).toMatchObject([
      { id: 1, result: 'ok' },
      { id: 'b', error: { code: -32601 } },
    ]);
    expect((await post(JSON.stringify(batch[1]))).text).toBe('');
  });
});

describe('@solana/kit reads every method', () => {
  it('about the cluster', async () => {
    const rpc = createSolanaRpc(sandbox.url);
    expect(await rpc.getHealth().send()).toBe('ok');
    expect(await rpc.getGenesisHash().send()).toBe(sandbox.genesisHash);
    const epoch = await rpc.getEpochInfo().send();
    expect(epoch.absoluteSlot).toBeLessThanOrEqual(
      await rpc.getSlot({ commitment: 'processed' }).send(),
    );
    expect(await rpc.getBlockHeight({ commitment: 'processed' }).send()).toBeGreaterThan(0n);
    const { value } = await rpc.getLatestBlockhash({ commitment: 'finalized' }).send();
    expect((await rpc.isBlockhashValid(value.blockhash).send()).value).toBe(true);
    expect(await rpc.getMinimumBalanceForRentExemption(80n).send()).toBe(1_447_680n);
    await vault.control.advanceSlots(200);
    expect((await rpc.isBlockhashValid(value.blockhash).send()).value).toBe(false);
  });

  it('about accounts, with amounts above 2^53 exact', async () => {
    const rpc = createSolanaRpc(sandbox.url);
    const rich = freshKey().address;
    const amount = 100_000_000n * SOL + 1n;
    await vault.control.deposit(rich, amount);
    expect((await rpc.getBalance(address(rich), { commitment: 'processed' }).send()).value).toBe(
      amount,
    );
    const { value } = await rpc
      .getMultipleAccounts([address(rich), address(someone)], {
        encoding: 'base64',
        commitment: 'processed',
      })
      .send();
    expect(value).toMatchObject([{ lamports: amount, owner: '1'.repeat(32), space: 0n }, null]);
    expect((await rpc.getBalance(address(rich), { commitment: 'finalized' }).send()).value).toBe(
      0n,
    );
  });

  it('about transactions', async () => {
    const rpc = createSolanaRpc(sandbox.url);
    const transfer = await signTransfer(vault, {
      to: freshKey().address,
      lamports: SOL,
      memo: 'seen',
    });
    await vault.client.sendTransaction(transfer.bytes);
    await vault.control.advanceSlots(40);
    const id = signature(transfer.id);
    const statuses = await rpc.getSignatureStatuses([id]).send();
    expect(statuses.value).toMatchObject([
      { confirmationStatus: 'finalized', confirmations: null, err: null },
    ]);
    const shown = await rpc
      .getTransaction(id, { encoding: 'json', maxSupportedTransactionVersion: 0 })
      .send();
    expect(shown).toMatchObject({
      meta: { fee: 10_000n, err: null },
      transaction: { signatures: [transfer.id, expect.any(String)] },
    });
    const listed = await rpc
      .getSignaturesForAddress(address(vault.nonceAccount), { limit: 1 })
      .send();
    expect(listed).toMatchObject([{ signature: transfer.id, memo: '[4] seen' }]);
    await vault.control.advanceSlots(200);
    expect((await rpc.getSignatureStatuses([id]).send()).value).toEqual([null]);
    expect(
      (await rpc.getSignatureStatuses([id], { searchTransactionHistory: true }).send()).value,
    ).toMatchObject([{ slot: shown?.slot }]);
  });

  it('and an airdrop arrives', async () => {
    const rpc = createSolanaRpc(sandbox.url);
    const lucky = freshKey().address;
    expect(await ask('requestAirdrop', lucky, Number(SOL))).toMatchObject({
      result: expect.any(String),
    });
    expect((await rpc.getBalance(address(lucky), { commitment: 'processed' }).send()).value).toBe(
      SOL,
    );
  });
});
