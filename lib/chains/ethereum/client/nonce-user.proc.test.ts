import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createEthereumClient } from './client.ts';

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const hashOf = (byte: string): string => `0x${byte.repeat(32)}`;
const FINAL = 20_000_000;
/** How far back a node without an archive knows counts. */
const KNOWN = 128;
/** The account had sent three transactions, and sends its fourth in one block. */
const NONCE = 3;

const question = z.object({ id: z.int(), method: z.string(), params: z.array(z.unknown()) });

let server: Server;
let asked = 0;

/** A node that keeps the state of the newest blocks only, and knows a chain as described. */
async function startPrunedNode(usedAt: number): Promise<string> {
  asked = 0;
  const blockOf = (number: number) => ({
    number: `0x${number.toString(16)}`,
    hash: hashOf('aa'),
    parentHash: hashOf('bb'),
    timestamp: '0x1',
    baseFeePerGas: '0x7',
    transactions:
      number === usedAt
        ? [
            {
              hash: hashOf('dd'),
              blockHash: hashOf('aa'),
              from: account.toLowerCase(),
              to: account.toLowerCase(),
              nonce: `0x${NONCE}`,
              value: '0x0',
            },
          ]
        : [],
  });
  const numberOf = (place: unknown): number =>
    typeof place === 'string' && place.startsWith('0x') ? Number(place) : FINAL;
  const answer = (method: string, params: unknown[]): object => {
    asked += 1;
    if (method === 'eth_getTransactionReceipt') return { result: null };
    if (method === 'eth_getBlockByNumber') return { result: blockOf(numberOf(params[0])) };
    const number = numberOf(params[1]);
    if (number < FINAL - KNOWN) return { error: { code: -32_000, message: 'missing trie node' } };
    return { result: `0x${number >= usedAt ? NONCE + 1 : NONCE}` };
  };
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    text(request)
      .then((body) => {
        const { id, method, params } = question.parse(JSON.parse(body));
        response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer(method, params) }));
      })
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const fateOf = (url: string, unusedAt: bigint) =>
  createEthereumClient(url, { timeoutMs: 5_000 }).findFate({
    account,
    nonce: BigInt(NONCE),
    hashes: [hashOf('cc')],
    unusedAt,
  });

test.each([0, 1, 2, 3, 30, 62])(
  'what used a nonce %i blocks before the final one is found without an archive, in few questions',
  async (ago) => {
    const url = await startPrunedNode(FINAL - ago);
    expect(await fateOf(url, 0n)).toEqual({ fate: 'superseded', by: hashOf('dd') });
    expect(asked).toBeLessThan(25);
  },
);

test('what used it longer ago than the node knows is no answer, and nothing is made of it', async () => {
  const url = await startPrunedNode(FINAL - 1_000);
  await expect(fateOf(url, 0n)).rejects.toMatchObject({ fault: 'rpc-refused' });
});

test('a node that says it was used before it can have been is not believed', async () => {
  const url = await startPrunedNode(FINAL - 50);
  expect(await fateOf(url, BigInt(FINAL - 20))).toEqual({ fate: 'unclear' });
});
