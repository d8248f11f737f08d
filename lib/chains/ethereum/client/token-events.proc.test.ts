import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startScriptedNode, type ScriptedNode } from '../../solana/testing/scripted-node.ts';
import { createEthereumClient, type EthereumClient } from './client.ts';

const ours = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const theirs = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const hashOf = (byte: string): string => `0x${byte.repeat(32)}`;
const word = (hex: string): string => `0x${hex.padStart(64, '0')}`;
const topic = (address: string): string => word(address.slice(2).toLowerCase());

const block = {
  number: '0x7',
  hash: hashOf('aa'),
  parentHash: hashOf('00'),
  timestamp: '0x1',
  baseFeePerGas: '0x7',
  transactions: [
    {
      hash: hashOf('cc'),
      blockHash: hashOf('aa'),
      from: theirs.toLowerCase(),
      to: token.toLowerCase(),
      nonce: '0x0',
      value: '0x0',
    },
  ],
};
const log = {
  address: token.toLowerCase(),
  topics: [TRANSFER, topic(theirs), topic(ours)],
  data: word('5'),
  blockNumber: '0x7',
  blockHash: hashOf('aa'),
  transactionHash: hashOf('cc'),
  logIndex: '0x2',
  removed: false,
};

let node: ScriptedNode;
let client: EthereumClient;
const query = { accounts: new Set([ours]), tokens: [token] };

beforeEach(async () => {
  node = await startScriptedNode();
  client = createEthereumClient(node.url, { timeoutMs: 2_000 });
  node.answers.set('eth_getBlockByNumber', block);
});
afterEach(() => node.close());

test('an event of a known token is a movement, by block and by span', async () => {
  node.answers.set('eth_getLogs', [log]);
  const movement = { hash: hashOf('cc'), token, from: theirs, to: ours, amount: 5n, logIndex: 2n };
  expect(await client.scanBlock(7n, query)).toMatchObject({ movements: [movement] });
  expect(await client.tokenEventsIn({ from: 1n, to: 9n }, query)).toMatchObject([
    { movement, block: { number: 7n, hash: hashOf('aa') } },
  ]);
});

test('an event that moves nothing is left out: anybody can put our address into one', async () => {
  node.answers.set('eth_getLogs', [{ ...log, data: word('0') }]);
  expect(await client.scanBlock(7n, query)).toMatchObject({ movements: [] });
});

describe('a node that says what was not asked for', () => {
  test.each<[string, object]>([
    ["another token's event", { address: theirs }],
    ['an event between others', { topics: [TRANSFER, topic(theirs), topic(theirs)] }],
    ['another event', { topics: [hashOf('11'), topic(theirs), topic(ours)] }],
    ['an event with more topics', { topics: [TRANSFER, topic(theirs), topic(ours), word('1')] }],
    ['a topic that is no address', { topics: [TRANSFER, hashOf('11'), topic(ours)] }],
    ['two words of data', { data: `${word('5')}${'0'.repeat(64)}` }],
    ['an event that was undone', { removed: true }],
    ["another block's event", { blockHash: hashOf('bb'), blockNumber: '0x20' }],
    ['an event of a transaction that is not in the block', { transactionHash: hashOf('dd') }],
  ])('%s: nothing is booked', async (_name, change) => {
    node.answers.set('eth_getLogs', [{ ...log, ...change }]);
    await expect(client.scanBlock(7n, query)).rejects.toMatchObject({ fault: 'rpc-bad-answer' });
  });

  test('two events in one place: nothing is booked', async () => {
    node.answers.set('eth_getLogs', [log, { ...log, data: word('6') }]);
    await expect(client.scanBlock(7n, query)).rejects.toMatchObject({ fault: 'rpc-bad-answer' });
  });

  test('an event of a block that is put aside: nothing is booked', async () => {
    node.answers.set('eth_getLogs', [log]);
    node.answers.set('eth_getBlockByNumber', { ...block, hash: hashOf('bb') });
    const span = { from: 1n, to: 9n };
    await expect(client.tokenEventsIn(span, query)).rejects.toMatchObject({
      fault: 'rpc-bad-answer',
    });
  });
});

test('a span that providers would refuse is refused before it is asked', async () => {
  await expect(client.tokenEventsIn({ from: 1n, to: 1_001n }, query)).rejects.toThrow(RangeError);
  await expect(client.tokenEventsIn({ from: 2n, to: 1n }, query)).rejects.toThrow(RangeError);
});
