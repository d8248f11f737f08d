import { base58 } from '@scure/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hangUp,
  noAnswers,
  PATIENCE_MS,
  result,
  says,
  silence,
  startHostileRpc,
  startStranger,
  thrownBy,
  waits,
  type HostileRpc,
  type Reply,
} from '../testing/hostile-replies.ts';
import { buildTransfer } from './build.ts';
import { createSolanaClient, type SolanaClient } from './client.ts';
import { SolanaRpcError } from './rpc-error.ts';
import { softwareKey } from './software-key.ts';
import { assembleTransaction } from './transaction.ts';

let node: HostileRpc;
let client: SolanaClient;
let hasty: SolanaClient;

beforeAll(async () => {
  node = await startHostileRpc();
  client = createSolanaClient(node.url, { timeoutMs: waits.patientMs });
  hasty = createSolanaClient(node.url, { timeoutMs: waits.hastyMs });
});
afterAll(() => node.close());

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
  const thrown = await thrownBy(question, PATIENCE_MS);
  if (!(thrown instanceof SolanaRpcError)) throw thrown;
  return thrown.fault;
}

describe('an answer of a hostile node', () => {
  it.each<[string, Reply, string]>([
    ...noAnswers.map(([name, behaviour, fault]): [string, Reply, string] => [
      name,
      behaviour,
      `rpc-${fault}`,
    ]),
    [
      'is for another question',
      says(() => '{"jsonrpc":"2.0","id":"other","result":{"context":{"slot":1},"value":5}}'),
      'rpc-bad-answer',
    ],
    [
      'is an older protocol',
      says((id) => `{"jsonrpc":"1.0","id":${id},"result":{"context":{"slot":1},"value":5}}`),
      'rpc-bad-answer',
    ],
    ['has no result', says((id) => `{"jsonrpc":"2.0","id":${id}}`), 'rpc-bad-answer'],
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
      'is a refusal',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"no"}}`),
      'rpc-refused',
    ],
    [
      'says that the node is behind',
      says(
        (id) =>
          `{"jsonrpc":"2.0","id":${id},"error":{"code":-32005,"message":"Node is behind by 42 slots","data":{"numSlotsBehind":42}}}`,
      ),
      'rpc-node-unhealthy',
    ],
  ])('%s: refused by name within the time-out', async (_name, behaviour, fault) => {
    node.reply = behaviour;
    const asked = fault === 'rpc-timeout' ? hasty : client;
    expect(await faultOf(() => asked.getBalance(key(3)))).toBe(fault);
  });

  it('with half a million numbers is refused in time', async () => {
    node.reply = result(`[${Array.from({ length: 250_000 }, () => '1').join(',')}]`);
    expect(await faultOf(() => client.getBalance(key(3)))).toBe('rpc-bad-answer');
  });

  it('of the wrong shape is refused by every question', async () => {
    node.reply = result('{"context":{"slot":1},"value":[{"a":1}]}');
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
    node.reply = result(
      `[${Array.from({ length: 500 }, () => `{"signature":"${otherId}","slot":1,"err":null}`).join(',')}]`,
    );
    expect(await faultOf(() => client.getTransfers(key(3), { until: null }))).toBe(
      'rpc-bad-answer',
    );
  });

  it('that lists a transaction it can not show stops deposit detection instead of skipping it', async () => {
    let calls = 0;
    node.reply = (response, id) => {
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
    ['that never answers', silence, { outcome: 'unknown', fault: 'rpc-timeout' }],
    ['that hangs up', hangUp, { outcome: 'unknown', fault: 'rpc-unreachable' }],
    [
      'that answers with another id',
      result(`"${otherId}"`),
      { outcome: 'unknown', fault: 'rpc-bad-answer' },
    ],
    ['that answers with no id', result('true'), { outcome: 'unknown', fault: 'rpc-bad-answer' }],
    [
      'that fails inside',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32603,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-refused' },
    ],
    [
      'that claims a failed dry run without saying which',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32002,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-bad-answer' },
    ],
    [
      'that is behind',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32005,"message":"x"}}`),
      { outcome: 'unknown', fault: 'rpc-node-unhealthy' },
    ],
    ['that is overloaded', says(() => '', 503), { outcome: 'unknown', fault: 'rpc-http-error' }],
    [
      'that does not know the method',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"x"}}`),
      { outcome: 'refused', refusal: 'not-accepted' },
    ],
  ])('%s has a named outcome and never throws', async (_name, behaviour, outcome) => {
    node.reply = behaviour;
    const started = performance.now();
    const asked = behaviour === silence ? hasty : client;
    expect(await asked.sendTransaction(transaction)).toMatchObject(outcome);
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });
});

it('a node that speaks no HTTP is refused by name', async () => {
  const strange = await startStranger();
  const other = createSolanaClient(strange.url, { timeoutMs: waits.patientMs });
  expect(await faultOf(() => other.getBalance(key(3)))).toBe('rpc-unreachable');
  strange.close();
});

it.each(['ftp://127.0.0.1', 'http://name:secret@127.0.0.1', 'not a url', ''])(
  'the address %j is refused at once',
  (url) => {
    expect(() => createSolanaClient(url)).toThrow(TypeError);
  },
);
