import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { base58 } from '@scure/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTransfer } from './build.ts';
import { createSolanaClient, type SolanaClient } from './client.ts';
import { SolanaRpcError } from './rpc-error.ts';
import { softwareKey } from './software-key.ts';
import { assembleTransaction } from './transaction.ts';

const TIMEOUT_MS = 700;
/** Room for a busy machine; far below what an unbounded wait would take. */
const PATIENCE_MS = TIMEOUT_MS + 3_000;

type Reply = (response: ServerResponse, id: string) => void;
let reply: Reply = () => undefined;
let server: Server;
let client: SolanaClient;

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
  client = createSolanaClient(urlOf(server), { timeoutMs: TIMEOUT_MS });
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

const key = (byte: number): string => base58.encode(new Uint8Array(32).fill(byte));
const [feePayer, vault] = [1, 2].map((byte) => softwareKey(new Uint8Array(32).fill(byte))) as [
  ReturnType<typeof softwareKey>,
  ReturnType<typeof softwareKey>,
];
const message = buildTransfer({
  feePayer: feePayer.address,
  from: vault.address,
  to: key(3),
  lamports: 1n,
  memo: null,
  nonce: { account: key(4), value: key(5) },
});
const transaction = assembleTransaction(message, {
  [feePayer.address]: feePayer.sign(message),
  [vault.address]: vault.sign(message),
});
const otherId = base58.encode(new Uint8Array(64).fill(9));

async function faultOf(question: () => Promise<unknown>): Promise<string> {
  const started = performance.now();
  const error: unknown = await question().then(
    (value) => new Error(`answered ${String(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  if (!(error instanceof SolanaRpcError)) throw error;
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
      json(() => '{"jsonrpc":"2.0","id":"other","result":{"context":{"slot":1},"value":5}}'),
      'rpc-bad-answer',
    ],
    [
      'is an older protocol',
      json((id) => `{"jsonrpc":"1.0","id":${id},"result":{"context":{"slot":1},"value":5}}`),
      'rpc-bad-answer',
    ],
    ['has no result', json((id) => `{"jsonrpc":"2.0","id":${id}}`), 'rpc-bad-answer'],
    ['is null', result('null'), 'rpc-bad-answer'],
    ['is a text', result('"5"'), 'rpc-bad-answer'],
    ['is a number alone', result('5'), 'rpc-bad-answer'],
    ['has a text as amount', result('{"context":{"slot":1},"value":"5"}'), 'rpc-bad-answer'],
    ['has a fraction as amount', result('{"context":{"slot":1},"value":5.5}'), 'rpc-bad-answer'],
    ['has a negative amount', result('{"context":{"slot":1},"value":-5}'), 'rpc-bad-answer'],
    [
      'has an amount above 64 bits',
      result('{"context":{"slot":1},"value":18446744073709551616}'),
      'rpc-bad-answer',
    ],
    [
      'has a number with endless digits',
      result(`{"context":{"slot":1},"value":${'9'.repeat(500_000)}}`),
      'rpc-bad-answer',
    ],
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
    [
      'is a refusal',
      json((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"no"}}`),
      'rpc-refused',
    ],
    [
      'says that the node is behind',
      json(
        (id) =>
          `{"jsonrpc":"2.0","id":${id},"error":{"code":-32005,"message":"Node is behind by 42 slots","data":{"numSlotsBehind":42}}}`,
      ),
      'rpc-node-unhealthy',
    ],
  ])('%s: refused by name within the time-out', async (_name, behaviour, fault) => {
    reply = behaviour;
    expect(await faultOf(() => client.getBalance(key(3)))).toBe(fault);
  });

  it('with half a million numbers is refused in time', async () => {
    reply = result(`[${Array.from({ length: 250_000 }, () => '1').join(',')}]`);
    expect(await faultOf(() => client.getBalance(key(3)))).toBe('rpc-bad-answer');
  });

  it('of the wrong shape is refused by every question', async () => {
    reply = result('{"context":{"slot":1},"value":[{"a":1}]}');
    const questions: (() => Promise<unknown>)[] = [
      () => client.getNonce(key(4)),
      () => client.getRentExemptMinimum(80n),
      () => client.getLatestBlockhash(),
      () => client.getStatus(otherId),
      () => client.getTransfers(key(3), { until: null }),
      () => client.simulate(transaction),
      () => client.health(),
    ];
    for (const question of questions) expect(await faultOf(question)).toBe('rpc-bad-answer');
  });

  it('that lists the same id again and again does not keep the walk going', async () => {
    reply = result(
      `[${Array.from({ length: 500 }, () => `{"signature":"${otherId}","slot":1,"err":null}`).join(',')}]`,
    );
    expect(await faultOf(() => client.getTransfers(key(3), { until: null }))).toBe(
      'rpc-bad-answer',
    );
  });

  it('that lists a transaction it can not show stops deposit detection instead of skipping it', async () => {
    let calls = 0;
    reply = (response, id) => {
      calls += 1;
      result(calls === 1 ? `[{"signature":"${otherId}","slot":1,"err":null}]` : 'null')(
        response,
        id,
      );
    };
    expect(await faultOf(() => client.getTransfers(key(3), { until: null }))).toBe(
      'rpc-bad-answer',
    );
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
      'that answers with another id',
      result(`"${otherId}"`),
      { outcome: 'unknown', fault: 'rpc-bad-answer' },
    ],
    ['that answers with no id', result('true'), { outcome: 'unknown', fault: 'rpc-bad-answer' }],
    [
      'that fails inside',
      json((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-refused' },
    ],
    [
      'that claims a failed dry run without saying which',
      json((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32002,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-bad-answer' },
    ],
    [
      'that is behind',
      json((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32005,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-node-unhealthy' },
    ],
    ['that is overloaded', json(() => '', 503), { outcome: 'unknown', fault: 'rpc-http-error' }],
    [
      'that does not know the method',
      json((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"x"}}`),
      { outcome: 'refused', refusal: 'not-accepted' },
    ],
  ])('%s has a named outcome and never throws', async (_name, behaviour, outcome) => {
    reply = behaviour;
    const started = performance.now();
    expect(await client.sendTransaction(transaction)).toMatchObject(outcome);
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
  const other = createSolanaClient(urlOf(strange), { timeoutMs: TIMEOUT_MS });
  expect(await faultOf(() => other.getBalance(key(3)))).toBe('rpc-unreachable');
  strange.close();
});

it.each(['ftp://127.0.0.1', 'http://name:secret@127.0.0.1', 'not a url', ''])(
  'the address %j is refused at once',
  (url) => {
    expect(() => createSolanaClient(url)).toThrow(TypeError);
  },
);
