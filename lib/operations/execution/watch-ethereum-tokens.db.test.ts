import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { openOwnerDesk, type OwnerDesk } from '../testing/owner-desk.ts';
import { watchEthereumTokens } from './watch-ethereum-tokens.ts';

let desk: OwnerDesk;
beforeAll(async () => {
  desk = await openOwnerDesk({
    chain: SANDBOX_CHAIN,
    suite: 'DKLS23-secp256k1-SHA256-v1',
    clients: ['C-1001'],
    node: {},
  });
});
afterAll(() => desk.close());

it('a span with more events than a node gives out is read in shorter ones, to its end', async () => {
  let final = 1_000n;
  const asked: bigint[] = [];
  const ethereum: Pick<EthereumClient, 'getBlock' | 'unknownTokensIn'> = {
    getBlock: async () => ({
      number: final,
      hash: `0x${'ab'.repeat(32)}`,
      parentHash: `0x${'cd'.repeat(32)}`,
      timestamp: 0n,
      baseFeePerGas: 0n,
    }),
    unknownTokensIn: async ({ from, to }) => {
      if (to - from >= 30n)
        throw new EthereumRpcError('rpc-answer-too-large', 'eth_getLogs', 'too much');
      asked.push(to - from + 1n);
      return [];
    },
  };
  const context = { ...desk.context, ethereum: ethereum as EthereumClient };
  const height = async () =>
    (await desk.books.web.tokenScan.findUnique({ where: { chain: SANDBOX_CHAIN } }))?.height;
  await watchEthereumTokens(context);
  expect(await height()).toBe(1_000n);
  final = 1_090n;
  for (let look = 0; look < 6; look += 1) await watchEthereumTokens(context);
  expect(await height()).toBe(1_090n);
  expect(asked.reduce((sum, blocks) => sum + blocks, 0n)).toBe(90n);
});
