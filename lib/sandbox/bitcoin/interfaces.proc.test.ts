import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENESIS_HASH } from './block.ts';
import { createBitcoinSandboxControl, type BitcoinSandboxControl } from './control.ts';
import {
  spawnBitcoinSandbox,
  startBitcoinSandbox,
  type BitcoinSandboxProcess,
} from './testing/sandbox-process.ts';
import { findOutput, signPayment, testKey } from './testing/signed.ts';
import { readTxHex } from './wire.ts';

const BTC = 100_000_000n;
const key = testKey(new Uint8Array(32).fill(3));

let data: string;
let sandbox: BitcoinSandboxProcess;
let control: BitcoinSandboxControl;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'bitcoin-sandbox-'));
  sandbox = await startBitcoinSandbox({ data });
  control = createBitcoinSandboxControl(sandbox.url);
});
afterEach(async () => {
  await sandbox.stop('SIGKILL');
  rmSync(data, { recursive: true });
});

/** The answer of Core's interface; text, because amounts are decimals. */
async function rpc(
  method: string,
  ...params: unknown[]
): Promise<{ status: number; text: string }> {
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '1.0', id: 1, method, params }),
  });
  return { status: response.status, text: await response.text() };
}

const result = async (method: string, ...params: unknown[]): Promise<unknown> =>
  (JSON.parse((await rpc(method, ...params)).text) as { result: unknown }).result;

const rest = async (path: string, body?: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(
    `${sandbox.url}${path}`,
    body === undefined ? {} : { method: 'POST', body },
  );
  return { status: response.status, text: await response.text() };
};

/** A deposit in a block, and a signed payment that spends it. */
async function preparePayment(fee = 1_000n): Promise<{ deposit: string; hex: string }> {
  const deposit = await control.deposit(key.taproot.address, BTC);
  await control.mine(1);
  const { text } = await rest(`/tx/${deposit}/hex`);
  const vout = findOutput(text, key.taproot.script);
  const hex = signPayment(key, {
    coins: [{ txid: deposit, vout, value: BTC, kind: 'taproot' }],
    to: [{ address: key.segwit.address, value: BTC - fee }],
  });
  return { deposit, hex };
}

describe("Bitcoin Core's interface", () => {
  it('tells the chain by its first block, and blocks by height and hash', async () => {
    expect(await result('getblockhash', 0)).toBe(GENESIS_HASH);
    const height = await result('getblockcount');
    const best = await result('getbestblockhash');
    expect(await result('getblockhash', height)).toBe(best);
    expect(await result('getblockchaininfo')).toMatchObject({ chain: 'regtest', blocks: height });
    expect(await result('getblock', best)).toMatchObject({ hash: best, height, confirmations: 1 });
    expect(await result('getblock', best, 2)).toMatchObject({ tx: [{ vin: [{}], vout: [{}] }] });
    expect(await rpc('getblockhash', 1_000_000)).toMatchObject({
      status: 500,
      text: expect.stringContaining('"code":-8,"message":"Block height out of range"'),
    });
    expect((await rpc('getwalletinfo')).status).toBe(404);
  });

  it('takes a signed transaction once, again without harm, and shows where it is', async () => {
    const { hex } = await preparePayment();
    const { txid } = readTxHex(hex);
    expect(await result('testmempoolaccept', [hex])).toMatchObject([{ allowed: true }]);
    expect(await result('sendrawtransaction', hex)).toBe(txid);
    expect(await result('sendrawtransaction', hex)).toBe(txid);
    expect(await result('getmempoolentry', txid)).toMatchObject({ 'bip125-replaceable': true });
    const [block] = await control.mine(1);
    expect(await result('getrawtransaction', txid, true)).toMatchObject({
      blockhash: block,
      confirmations: 1,
    });
    expect(await result('getrawtransaction', txid, false, block)).toBe(hex);
    expect((await rpc('sendrawtransaction', hex)).text).toContain('"code":-27');
    expect((await rpc('getmempoolentry', txid)).text).toContain('"code":-5');
  });

  it('refuses with the codes that Core has', async () => {
    const { hex } = await preparePayment(50n);
    expect((await rpc('sendrawtransaction', hex)).text).toContain(
      '"code":-26,"message":"min relay fee not met, 50 < ',
    );
    expect((await rpc('sendrawtransaction', 'ff')).text).toContain('"code":-22');
    const { hex: dear } = await preparePayment(BTC / 2n);
    expect((await rpc('sendrawtransaction', dear)).text).toContain(
      '"code":-25,"message":"Fee exceeds maximum',
    );
    const missing = signPayment(key, {
      coins: [{ txid: 'ab'.repeat(32), vout: 0, value: BTC, kind: 'segwit' }],
      to: [{ address: key.segwit.address, value: BTC - 1_000n }],
    });
    expect((await rpc('sendrawtransaction', missing)).text).toContain(
      '"code":-25,"message":"bad-txns-inputs-missingorspent"',
    );
  });

  it('finds unspent outputs and blocks by address, amounts as decimals of eight places', async () => {
    await control.deposit(key.taproot.address, 123_456_789n);
    const [block] = await control.mine(1);
    const scan = await rpc('scantxoutset', 'start', [`addr(${key.taproot.address})`]);
    expect(scan.text).toContain('"amount":1.23456789');
    expect(await result('scanblocks', 'start', [`addr(${key.taproot.address})`], 0)).toMatchObject({
      relevant_blocks: [block],
      completed: true,
    });
    const [{ txid, vout } = {}] = (
      JSON.parse(scan.text) as { result: { unspents: { txid: string; vout: number }[] } }
    ).result.unspents;
    expect((await rpc('gettxout', txid, vout)).text).toContain('"value":1.23456789');
    expect(await result('gettxout', 'ab'.repeat(32), 0)).toBeNull();
    expect((await rpc('estimatesmartfee', 2)).text).toContain('"feerate":0.00005000');
  });
});

describe("Esplora's interface", () => {
  it('tells tip and blocks as the other one does', async () => {
    expect((await rest('/block-height/0')).text).toBe(GENESIS_HASH);
    expect(Number((await rest('/blocks/tip/height')).text)).toBe(await result('getblockcount'));
    const hash = (await rest('/blocks/tip/hash')).text;
    expect(hash).toBe(await result('getbestblockhash'));
    expect(JSON.parse((await rest(`/block/${hash}`)).text)).toMatchObject({ id: hash });
    expect(await rest('/block-height/999999')).toMatchObject({ status: 404 });
  });

  it('takes a transaction, and shows it by id and by address', async () => {
    const { deposit, hex } = await preparePayment();
    const { txid } = readTxHex(hex);
    expect(await rest('/tx', hex)).toEqual({ status: 200, text: txid });
    expect(JSON.parse((await rest(`/tx/${txid}/status`)).text)).toEqual({ confirmed: false });
    await control.mine(1);
    expect(JSON.parse((await rest(`/tx/${txid}`)).text)).toMatchObject({
      fee: 1_000,
      status: { confirmed: true },
    });
    expect(JSON.parse((await rest(`/address/${key.segwit.address}/utxo`)).text)).toMatchObject([
      { txid, vout: 0, value: 99_999_000 },
    ]);
    const history = JSON.parse(
      (await rest(`/address/${key.taproot.address}/txs`)).text,
    ) as unknown[];
    expect(history).toMatchObject([{ txid }, { txid: deposit }]);
    expect(
      JSON.parse((await rest(`/address/${key.taproot.address}/txs/chain/${txid}`)).text),
    ).toMatchObject([{ txid: deposit }]);
    expect(await rest('/tx', hex)).toMatchObject({
      status: 400,
      text: expect.stringContaining('"code":-27'),
    });
    expect((await rest('/fee-estimates')).text).toContain('"2":5');
    expect(await rest('/address/nonsense/utxo')).toMatchObject({ status: 400 });
  });
});

describe('faults on demand', () => {
  it('lose a transaction, break off after taking one, lag behind, lie and ask a higher fee', async () => {
    const { hex } = await preparePayment();
    const { txid } = readTxHex(hex);
    await control.dropTransactions(1);
    expect(await result('sendrawtransaction', hex)).toBe(txid);
    expect((await rest(`/tx/${txid}`)).status).toBe(404);
    await control.hangUp(1);
    await expect(rpc('sendrawtransaction', hex)).rejects.toThrow();
    expect((await rest(`/tx/${txid}`)).status).toBe(200);
    const height = Number(await result('getblockcount'));
    await control.lag(1);
    expect(await result('getblockcount')).toBe(height - 1);
    expect((await rest(`/tx/${txid}`)).status).toBe(404);
    await control.lag(0);
    await control.lie('bytes', 1);
    expect((await rest(`/tx/${txid}/hex`)).text).not.toBe(hex);
    expect((await rest(`/tx/${txid}/hex`)).text).toBe(hex);
    await control.lie('amount', 1);
    expect((await rest(`/address/${key.segwit.address}/utxo`)).text).toContain('99999001');
    await control.lie('block-hash', 1);
    expect((await rest('/block-height/0')).text).not.toBe(GENESIS_HASH);
    await control.feeRate(900_000);
    expect((await rest('/fee-estimates')).text).toContain('"2":900,');
    expect(await result('estimatesmartfee', 6)).toMatchObject({ feerate: 0.009 });
    await control.feeRate(0);
    expect((await rest('/fee-estimates')).text).toContain('"2":5,');
  });
});

describe.each(['SIGTERM', 'SIGKILL'] as const)('after %s', (signal) => {
  it('chain, waiting transactions and a reorganization are as they were', async () => {
    const { hex } = await preparePayment();
    await rest('/tx', hex);
    await control.mine(1);
    await control.reorganize(1);
    const look = async () => ({
      tip: await result('getbestblockhash'),
      waiting: await result('getrawmempool'),
      coins: (await rest(`/address/${key.segwit.address}/utxo`)).text,
    });
    const before = await look();
    expect(before.waiting).toEqual([readTxHex(hex).txid]);
    await sandbox.stop(signal);
    sandbox = await startBitcoinSandbox({ data });
    expect(await look()).toEqual(before);
  });
});

describe('the state on the disk', () => {
  const path = (): string => join(data, 'sandbox', 'bitcoin', 'chain.jsonl');

  it('is cut back to its last whole line when a crash tore the last one', async () => {
    const tip = await result('getbestblockhash');
    await sandbox.stop('SIGKILL');
    appendFileSync(path(), '{"kind":"block","block":{"header":"torn');
    sandbox = await startBitcoinSandbox({ data });
    expect(await result('getbestblockhash')).toBe(tip);
    expect(readFileSync(path(), 'utf8')).not.toContain('torn');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('stops the start with a sentence when a block in the middle is missing', async () => {
    await sandbox.stop('SIGTERM');
    const lines = readFileSync(path(), 'utf8').split('\n');
    writeFileSync(path(), lines.toSpliced(3, 1).join('\n'));
    await expect(startBitcoinSandbox({ data })).rejects.toThrow(
      /does not fit together .*Run npm run reset/,
    );
  });
});

it('mines by itself where an interval is set, and confirms what waits', async () => {
  await sandbox.stop('SIGTERM');
  sandbox = await startBitcoinSandbox({ data, blockMs: 20 });
  control = createBitcoinSandboxControl(sandbox.url);
  const txid = await control.deposit(key.segwit.address, BTC);
  const deadline = performance.now() + 20_000;
  let isConfirmed = false;
  while (!isConfirmed && performance.now() < deadline)
    isConfirmed = (await rest(`/tx/${txid}/status`)).text.includes('"confirmed":true');
  expect(isConfirmed).toBe(true);
});

describe('the start', () => {
  it.each([
    [
      'in production',
      ['--data', '/nowhere'],
      { COUNTERSIGN_MODE: 'production' },
      'does not start with COUNTERSIGN_MODE=production',
    ],
    ['without a data folder', [], { COUNTERSIGN_DATA: '' }, 'COUNTERSIGN_DATA'],
    [
      'with a port that is none',
      ['--data', '/nowhere', '--port', '70000'],
      {},
      'COUNTERSIGN_BITCOIN_PORT (or --port) must be a whole number',
    ],
    ['with an unknown argument', ['--fast'], {}, '--fast'],
  ])('%s is refused with a sentence', async (_name, args, env, sentence) => {
    const child = spawnBitcoinSandbox(args, env);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(said).toContain(sentence);
    expect(said).not.toContain('    at ');
  });

  it('on a taken port is refused before the state is touched', async () => {
    const port = Number(new URL(sandbox.url).port);
    await expect(startBitcoinSandbox({ data, port })).rejects.toThrow(`Port ${port} is taken`);
    expect(await result('getblockhash', 0)).toBe(sandbox.genesisHash);
  });
});

it('a request that a browser page of another site could make is refused', async () => {
  const response = await fetch(`${sandbox.url}/tx`, {
    method: 'POST',
    headers: { origin: 'https://example.com' },
    body: '00',
  });
  expect(response.status).toBe(403);
});
