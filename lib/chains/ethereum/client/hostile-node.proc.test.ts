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
} from '../../testing/hostile-replies.ts';
import { assemble, digestOf } from '../assemble.ts';
import { buildTransfer } from '../build.ts';
import { softwareKey } from '../software-key.ts';
import { createEthereumClient, type EthereumClient } from './client.ts';
import { EthereumRpcError } from './rpc-error.ts';

let node: HostileRpc;
let client: EthereumClient;
let hasty: EthereumClient;

beforeAll(async () => {
  node = await startHostileRpc();
  client = createEthereumClient(node.url, { timeoutMs: waits.patientMs });
  hasty = createEthereumClient(node.url, { timeoutMs: waits.hastyMs });
});
afterAll(() => node.close());

const refusal = (code: number, message: string): Reply =>
  says((id) => JSON.stringify({ jsonrpc: '2.0', id: Number(id), error: { code, message } }));

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

const noAnswerOf = (fault: string): Reply =>
  noAnswers.find(([, , named]) => named === fault)?.[1] ?? silence;

async function faultOf(question: () => Promise<unknown>): Promise<string> {
  const thrown = await thrownBy(question, PATIENCE_MS);
  if (!(thrown instanceof EthereumRpcError)) throw thrown;
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
      says(() => '{"jsonrpc":"2.0","id":-1,"result":"0x5"}'),
      'rpc-bad-answer',
    ],
    [
      'is an older protocol',
      says((id) => `{"jsonrpc":"1.0","id":${id},"result":"0x5"}`),
      'rpc-bad-answer',
    ],
    [
      'is a list of answers',
      says((id) => `[{"jsonrpc":"2.0","id":${id},"result":"0x5"}]`),
      'rpc-bad-answer',
    ],
    [
      'has its id in quotation marks',
      says((id) => `{"jsonrpc":"2.0","id":"${id}","result":"0x5"}`),
      'rpc-bad-answer',
    ],
    ['has no id', says(() => '{"jsonrpc":"2.0","result":"0x5"}'), 'rpc-bad-answer'],
    [
      'has a second id',
      says((id) => `{"jsonrpc":"2.0","id":${id},"id":99999,"result":"0x5"}`),
      'rpc-bad-answer',
    ],
    [
      'has an id beyond what a number holds',
      says(() => '{"jsonrpc":"2.0","id":9007199254740993,"result":"0x5"}'),
      'rpc-bad-answer',
    ],
    [
      'has a result and a refusal',
      says((id) => `{"jsonrpc":"2.0","id":${id},"result":"0x5","error":{"code":-1,"message":"x"}}`),
      'rpc-refused',
    ],
    [
      'refuses without a code',
      says((id) => `{"jsonrpc":"2.0","id":${id},"error":{"message":"x"}}`),
      'rpc-bad-answer',
    ],
    ['has no result', says((id) => `{"jsonrpc":"2.0","id":${id}}`), 'rpc-bad-answer'],
    ['is null', result('null'), 'rpc-bad-answer'],
    ['is a number', result('5'), 'rpc-bad-answer'],
    ['is decimal', result('"5"'), 'rpc-bad-answer'],
    ['has a zero in front', result('"0x05"'), 'rpc-bad-answer'],
    ['is negative', result('"-0x5"'), 'rpc-bad-answer'],
    ['is above 256 bits', result(`"0x1${'0'.repeat(64)}"`), 'rpc-bad-answer'],
    ['has endless digits', result(`"0x${'9'.repeat(500_000)}"`), 'rpc-bad-answer'],
    ['is nested deeply', result(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'rpc-bad-answer'],
    ['is a refusal', refusal(-32_603, 'no'), 'rpc-refused'],
  ])('%s: refused by name within the time-out', async (_name, behaviour, fault) => {
    node.reply = behaviour;
    const asked = fault === 'rpc-timeout' ? hasty : client;
    expect(await faultOf(() => asked.getBalance(account, 'latest'))).toBe(fault);
  });

  it('beyond 2^53 stays exact', async () => {
    node.reply = result('"0x20000000000001"');
    expect(await client.getNonce(account, 'latest')).toBe(9_007_199_254_740_993n);
    expect(await client.blockNumber()).toBe(9_007_199_254_740_993n);
    node.reply = result(`"0x${'f'.repeat(64)}"`);
    expect(await client.getBalance(account, 'latest')).toBe(2n ** 256n - 1n);
  });

  it.each<[string, Reply]>([
    ['endless', noAnswerOf('answer-too-large')],
    ['of another shape', result('"0x05"')],
    ['a refusal', refusal(3, 'reverted')],
  ])('of a contract outside our data, %s, counts as none there', async (_name, behaviour) => {
    node.reply = behaviour;
    expect(await client.unknownBalance(account, account, { hash: otherHash })).toBe(0n);
  });

  it('of the wrong shape is refused by every question', async () => {
    node.reply = result('[{"a":1}]');
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
      () => client.signatureOf(otherHash),
      () => client.getReceipt(otherHash),
      () => client.findFate({ account, nonce: 0n, hashes: [otherHash], unusedAt: 0n }),
      () => client.scanBlock(1n, { accounts: new Set([account]), tokens: [] }),
    ];
    for (const question of questions) expect(await faultOf(question)).toBe('rpc-bad-answer');
  });

  it('about another transaction or block than was asked for is refused', async () => {
    const block = `{"number":"0x7","hash":"${otherHash}","parentHash":"${hash}","timestamp":"0x1","baseFeePerGas":"0x1","transactions":[]}`;
    node.reply = result(block);
    expect(await faultOf(() => client.getBlock(8n))).toBe('rpc-bad-answer');
    expect(await faultOf(() => client.checkMark({ number: 8n, hash: otherHash }))).toBe(
      'rpc-bad-answer',
    );
    const receipt = `{"transactionHash":"${otherHash}","blockHash":"${otherHash}","blockNumber":"0x7","from":"${account}","status":"0x1","gasUsed":"0x5208","effectiveGasPrice":"0x1"}`;
    node.reply = result(receipt);
    expect(await faultOf(() => client.getReceipt(hash))).toBe('rpc-bad-answer');
    node.reply = result(`{"hash":"${otherHash}","type":"0x2","r":"0x1","s":"0x01","v":"0x0"}`);
    expect(await faultOf(() => client.signatureOf(hash))).toBe('rpc-bad-answer');
    expect(await client.signatureOf(otherHash)).toHaveLength(65);
  });

  it('that lists a transaction of another block stops the scan instead of being booked', async () => {
    const transaction = `{"hash":"${hash}","blockHash":"${hash}","from":"${account}","to":"${account}","nonce":"0x0","value":"0x1"}`;
    node.reply = result(
      `{"number":"0x7","hash":"${otherHash}","parentHash":"${hash}","timestamp":"0x1","baseFeePerGas":"0x1","transactions":[${transaction}]}`,
    );
    const query = { accounts: new Set([account]), tokens: [] };
    expect(await faultOf(() => client.scanBlock(7n, query))).toBe('rpc-bad-answer');
  });
});

describe('sending through a hostile node', () => {
  it.each<[string, Reply, object]>([
    ['that never answers', silence, { outcome: 'unknown', fault: 'rpc-timeout' }],
    ['that hangs up', hangUp, { outcome: 'unknown', fault: 'rpc-unreachable' }],
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
    ['that is overloaded', says(() => '', 503), { outcome: 'unknown', fault: 'rpc-http-error' }],
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
    node.reply = behaviour;
    const started = performance.now();
    const asked = behaviour === silence ? hasty : client;
    expect(await asked.sendTransaction(raw)).toMatchObject({ hash, ...outcome });
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });
});

it('a node that speaks no HTTP is refused by name', async () => {
  const strange = await startStranger();
  const other = createEthereumClient(strange.url, { timeoutMs: waits.patientMs });
  expect(await faultOf(() => other.getBalance(account, 'latest'))).toBe('rpc-unreachable');
  strange.close();
});

it.each(['ftp://127.0.0.1', 'http://name:secret@127.0.0.1', 'not a url', ''])(
  'the address %j is refused at once',
  (url) => {
    expect(() => createEthereumClient(url)).toThrow(TypeError);
  },
);
