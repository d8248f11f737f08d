import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble, digestOf } from '../assemble.ts';
import { buildTransfer } from '../build.ts';
import { softwareKey } from '../software-key.ts';
import { createEthereumClient, type EthereumClient } from './client.ts';
import { EthereumRpcError } from './rpc-error.ts';

const TIMEOUT_MS = 700;
/** Room for a busy machine; far below what an unbounded wait would take. */
const PATIENCE_MS = TIMEOUT_MS + 3_000;

type Reply = (response: ServerResponse, id: string) => void;
let reply: Reply = () => undefined;
let server: Server;
let client: EthereumClient;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const id =
        typeof asked === 'object' && asked && 'id' in asked ? JSON.stringify(asked.id) : 'null';
      reply(response, id);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = createEthereumClient(urlOf(server), { timeoutMs: TIMEOUT_MS });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function urlOf(listening: { address(): AddressInfo | string | null }): string {
  const address = listening.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

const json =
  (text: (id: string) => string, status = 200): Reply =>
  (response, id) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text(id));
  };
const result = (value: string): Reply =>
  json((id) => `{"jsonrpc":"2.0","id":${id},"result":${value}}`);
const refusal = (code: number, message: string): Reply =>
  json((id) => JSON.stringify({ jsonrpc: '2.0', id: Number(id), error: { code, message } }));

const drip: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

const flood: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const block = Buffer.alloc(64 * 1024, '1');
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
};

/** Packed once: packing takes longer than the client waits. */
const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
const bomb: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(packed);
};

const key = softwareKey(new Uint8Array(32).fill(7));
const account = key.address;
const unsigned = buildTransfer({
  chain: 'eip155:1',
  nonce: 0n,
  to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  amount: 1n,
  token: null,
  gasLimit: 21_000n,
  maxFeePerGas: 2n,
  maxPriorityFeePerGas: 1n,
});
const { raw, hash } = assemble(unsigned, key.sign(digestOf(unsigned)), account);
const otherHash = `0x${'99'.repeat(32)}`;

async function faultOf(question: () => Promise<unknown>): Promise<string> {
  const started = performance.now();
  const error: unknown = await question().then(
    (value) => new Error(`answered ${String(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  if (!(error instanceof EthereumRpcError)) throw error;
  return error.fault;
}

describe('an answer of a hostile node', () => {
  it.each<[string, Reply, string]>([
    ['never comes', () => undefined, 'rpc-timeout'],
    ['comes one byte at a time', drip, 'rpc-timeout'],
    ['never ends', flood, 'rpc-answer-too-large'],
    ['is a compression bomb', bomb, 'rpc-answer-too-large'],
    [
      'is cut off',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{');
        response.destroy();
      },
      'rpc-unreachable',
    ],
    ['is a closed connection', (response) => response.destroy(), 'rpc-unreachable'],
    ['is empty', json(() => ''), 'rpc-bad-answer'],
    ['is no JSON', json(() => '<html>'), 'rpc-bad-answer'],
    [
      'is for another question',
      json(() => '{"jsonrpc":"2.0","id":-1,"result":"0x5"}'),
      'rpc-bad-answer',
    ],
    [
      'is an older protocol',
      json((id) => `{"jsonrpc":"1.0","id":${id},"result":"0x5"}`),
      'rpc-bad-answer',
    ],
    [
      'is a list of answers',
      json((id) => `[{"jsonrpc":"2.0","id":${id},"result":"0x5"}]`),
      'rpc-bad-answer',
    ],
    ['has no result', json((id) => `{"jsonrpc":"2.0","id":${id}}`), 'rpc-bad-answer'],
    ['is null', result('null'), 'rpc-bad-answer'],
    ['is a number', result('5'), 'rpc-bad-answer'],
    ['is decimal', result('"5"'), 'rpc-bad-answer'],
    ['has a zero in front', result('"0x05"'), 'rpc-bad-answer'],
    ['is negative', result('"-0x5"'), 'rpc-bad-answer'],
    ['is above 256 bits', result(`"0x1${'0'.repeat(64)}"`), 'rpc-bad-answer'],
    ['has endless digits', result(`"0x${'9'.repeat(500_000)}"`), 'rpc-bad-answer'],
    ['is nested deeply', result(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'rpc-bad-answer'],
    [
      'is a redirect',
      (response) => {
        response.writeHead(307, { location: 'http://127.0.0.1:9/' });
        response.end();
      },
      'rpc-unreachable',
    ],
    ['is HTTP 429', json(() => '{}', 429), 'rpc-rate-limited'],
    ['is HTTP 500', json(() => '{}', 500), 'rpc-http-error'],
    ['is a refusal', refusal(-32_603, 'no'), 'rpc-refused'],
  ])('%s: refused by name within the time-out', async (_name, behaviour, fault) => {
    reply = behaviour;
    expect(await faultOf(() => client.getBalance(account, 'latest'))).toBe(fault);
  });

  it('of the wrong shape is refused by every question', async () => {
    reply = result('[{"a":1}]');
    const questions: (() => Promise<unknown>)[] = [
      () => client.identity(),
      () => client.blockNumber(),
      () => client.getBlock('finalized'),
      () => client.getBalance(account, { hash: otherHash }),
      () => client.getTokenBalance(account, account, 'latest'),
      () => client.getNonce(account, 'pending'),
      () => client.getCode(account),
      () => client.getFeeMarket(),
      () => client.estimateGas({ from: account, to: account, value: 1n, data: new Uint8Array() }),
      () => client.knows(otherHash),
      () => client.getReceipt(otherHash),
      () => client.findFate({ account, nonce: 0n, hashes: [otherHash], unusedAt: 0n }),
      () => client.scanBlock(1n, { accounts: new Set([account]), tokens: [] }),
    ];
    for (const question of questions) expect(await faultOf(question)).toBe('rpc-bad-answer');
  });

  it('about another transaction or block than was asked for is refused', async () => {
    const block = `{"number":"0x7","hash":"${otherHash}","parentHash":"${hash}","timestamp":"0x1","baseFeePerGas":"0x1","transactions":[]}`;
    reply = result(block);
    expect(await faultOf(() => client.getBlock(8n))).toBe('rpc-bad-answer');
    expect(await faultOf(() => client.checkMark({ number: 8n, hash: otherHash }))).toBe(
      'rpc-bad-answer',
    );
    const receipt = `{"transactionHash":"${otherHash}","blockHash":"${otherHash}","blockNumber":"0x7","from":"${account}","status":"0x1","gasUsed":"0x5208","effectiveGasPrice":"0x1"}`;
    reply = result(receipt);
    expect(await faultOf(() => client.getReceipt(hash))).toBe('rpc-bad-answer');
  });

  it('that lists a transaction of another block stops the scan instead of being booked', async () => {
    const transaction = `{"hash":"${hash}","blockHash":"${hash}","from":"${account}","to":"${account}","nonce":"0x0","value":"0x1"}`;
    reply = result(
      `{"number":"0x7","hash":"${otherHash}","parentHash":"${hash}","timestamp":"0x1","baseFeePerGas":"0x1","transactions":[${transaction}]}`,
    );
    const query = { accounts: new Set([account]), tokens: [] };
    expect(await faultOf(() => client.scanBlock(7n, query))).toBe('rpc-bad-answer');
  });
});

describe('sending through a hostile node', () => {
  it.each<[string, Reply, object]>([
    ['that never answers', () => undefined, { outcome: 'unknown', fault: 'rpc-timeout' }],
    [
      'that hangs up',
      (response) => response.destroy(),
      { outcome: 'unknown', fault: 'rpc-unreachable' },
    ],
    [
      'that answers with another hash',
      result(`"${otherHash}"`),
      { outcome: 'unknown', fault: 'rpc-bad-answer' },
    ],
    ['that answers with no hash', result('true'), { outcome: 'unknown', fault: 'rpc-bad-answer' }],
    ['that fails inside', refusal(-32_603, 'x'), { outcome: 'unknown', fault: 'rpc-refused' }],
    [
      'that refuses in words nobody knows',
      refusal(-32_000, 'the stars are wrong'),
      { outcome: 'unknown', fault: 'rpc-refused' },
    ],
    ['that is overloaded', json(() => '', 503), { outcome: 'unknown', fault: 'rpc-http-error' }],
    ['that has it already', refusal(-32_000, 'already known'), { outcome: 'accepted' }],
    [
      'that never heard of the type',
      refusal(-32_000, 'unknown transaction type'),
      { outcome: 'unknown' },
    ],
    [
      'that knows a later nonce',
      refusal(-32_000, 'nonce too low: next nonce 5, tx nonce 0'),
      { outcome: 'refused', refusal: 'nonce-too-low' },
    ],
    [
      'that has another with this nonce',
      refusal(-32_000, 'replacement transaction underpriced'),
      { outcome: 'refused', refusal: 'replacement-underpriced' },
    ],
    [
      'that finds the fee too low',
      refusal(-32_000, 'max fee per gas less than block base fee: address 0x0'),
      { outcome: 'refused', refusal: 'fee-too-low' },
    ],
    [
      'that sees too little ether',
      refusal(-32_000, 'insufficient funds for gas * price + value'),
      { outcome: 'refused', refusal: 'insufficient-funds' },
    ],
    [
      'that does not know the method',
      refusal(-32_601, 'x'),
      { outcome: 'refused', refusal: 'not-accepted' },
    ],
  ])('%s has a named outcome and never throws', async (_name, behaviour, outcome) => {
    reply = behaviour;
    const started = performance.now();
    expect(await client.sendTransaction(raw)).toMatchObject({ hash, ...outcome });
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });
});

it('a node that speaks no HTTP is refused by name', async () => {
  const strange = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.9\r\n');
  });
  strange.listen(0, '127.0.0.1');
  await once(strange, 'listening');
  const other = createEthereumClient(urlOf(strange), { timeoutMs: TIMEOUT_MS });
  expect(await faultOf(() => other.getBalance(account, 'latest'))).toBe('rpc-unreachable');
  strange.close();
});

it.each(['ftp://127.0.0.1', 'http://name:secret@127.0.0.1', 'not a url', ''])(
  'the address %j is refused at once',
  (url) => {
    expect(() => createEthereumClient(url)).toThrow(TypeError);
  },
);
