import { afterEach, beforeEach, expect, test } from 'vitest';
import { startScriptedNode, type ScriptedNode } from '../../solana/testing/scripted-node.ts';
import { agreeingClient } from './agreeing-client.ts';
import { createEthereumClient, type EthereumClient } from './client.ts';

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const hashOf = (byte: string): string => `0x${byte.repeat(32)}`;
const blockOf = (number: bigint, hash = hashOf('aa')) => ({
  number: `0x${number.toString(16)}`,
  hash,
  parentHash: hashOf('00'),
  timestamp: '0x1',
  baseFeePerGas: '0x7',
});

let nodes: [ScriptedNode, ScriptedNode];
let client: EthereumClient;

beforeEach(async () => {
  nodes = [await startScriptedNode(), await startScriptedNode()];
  const [first, second] = nodes.map(({ url }) => createEthereumClient(url, { timeoutMs: 2_000 }));
  if (!first || !second) throw new Error('two nodes');
  client = agreeingClient(first, second);
});
afterEach(() => {
  for (const node of nodes) node.close();
});

/** What each of the two says to a method. */
function say(method: string, first: unknown, second: unknown): void {
  nodes[0].answers.set(method, first);
  nodes[1].answers.set(method, second);
}

test('an amount counts once both say the same, and what they differ in is held', async () => {
  say('eth_getBalance', '0x5', '0x5');
  expect(await client.getBalance(account, 'finalized')).toBe(5n);
  say('eth_getBalance', '0x5', '0x6');
  await expect(client.getBalance(account, 'finalized')).rejects.toMatchObject({
    name: 'EndpointsDiffer',
  });
});

test('the silence of one is no agreement', async () => {
  say('eth_getTransactionCount', '0x5', '0x5');
  nodes[1].close();
  await expect(client.getNonce(account, 'latest')).rejects.toMatchObject({
    name: 'EndpointsDiffer',
  });
});

test('events over a span of blocks count only where both show them', async () => {
  const span = { from: 1n, to: 9n };
  const query = { accounts: new Set([account]), tokens: [account] };
  say('eth_getLogs', [], []);
  expect(await client.tokenEventsIn(span, query)).toEqual([]);
  const topic = (address: string): string =>
    `0x${address.slice(2).toLowerCase().padStart(64, '0')}`;
  const event = {
    address: account.toLowerCase(),
    topics: [
      '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
      topic(account),
      topic(account),
    ],
    data: `0x${'5'.padStart(64, '0')}`,
    blockNumber: '0x7',
    blockHash: hashOf('aa'),
    transactionHash: hashOf('cc'),
    logIndex: '0x0',
  };
  say('eth_getLogs', [event], []);
  say('eth_getBlockByNumber', blockOf(7n), blockOf(7n));
  await expect(client.tokenEventsIn(span, query)).rejects.toMatchObject({
    name: 'EndpointsDiffer',
  });
});

test('of two newest blocks the lower counts, and only if both have the same one there', async () => {
  say('eth_getBlockByNumber', blockOf(7n), blockOf(7n));
  expect(await client.getBlock('finalized')).toMatchObject({ number: 7n });
  say('eth_getBlockByNumber', blockOf(7n), blockOf(7n, hashOf('bb')));
  await expect(client.getBlock('finalized')).rejects.toMatchObject({ name: 'EndpointsDiffer' });
  say('eth_getBlockByNumber', blockOf(7n), null);
  expect(await client.getBlock('finalized')).toBeNull();
});

test('nodes of two chains do not agree on which they are', async () => {
  say('eth_chainId', '0x1', '0x1');
  say('eth_getBlockByNumber', blockOf(0n), blockOf(0n, hashOf('bb')));
  await expect(client.identity()).rejects.toMatchObject({ name: 'EndpointsDiffer' });
});
