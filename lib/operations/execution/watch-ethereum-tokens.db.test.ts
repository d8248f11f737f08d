import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { openOwnerDesk, type OwnerDesk } from '../testing/owner-desk.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';
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

const blockAt = (number: bigint) => ({
  number,
  hash: `0x${'ab'.repeat(32)}`,
  parentHash: `0x${'cd'.repeat(32)}`,
  timestamp: 0n,
  baseFeePerGas: 0n,
});
const scanned = () => desk.books.web.tokenScan.findUnique({ where: { chain: SANDBOX_CHAIN } });

it('a span with more events than a node gives out is read in shorter ones, to its end', async () => {
  let final = 1_000n;
  const asked: bigint[] = [];
  const ethereum: Pick<EthereumClient, 'getBlock' | 'unknownTokensIn'> = {
    getBlock: async () => blockAt(final),
    unknownTokensIn: async ({ from, to }) => {
      if (to - from >= 30n)
        throw new EthereumRpcError('rpc-answer-too-large', 'eth_getLogs', 'too much');
      asked.push(to - from + 1n);
      return [];
    },
  };
  const context = { ...desk.context, ethereum: ethereum as EthereumClient };
  const height = async () => (await scanned())?.height;
  await watchEthereumTokens(context);
  expect(await height()).toBe(1_000n);
  final = 1_090n;
  for (let look = 0; look < 6; look += 1) await watchEthereumTokens(context);
  expect(await height()).toBe(1_090n);
  expect(asked.reduce((sum, blocks) => sum + blocks, 0n)).toBe(90n);
});

it('a block with more than anybody reads is passed over, counted and said, and stops none behind it', async () => {
  const noisy = 1_095n;
  const silent = 1_105n;
  const isIn = (block: bigint, { from, to }: { from: bigint; to: bigint }) =>
    from <= block && block <= to;
  const ethereum: Pick<EthereumClient, 'getBlock' | 'unknownTokensIn'> = {
    getBlock: async () => blockAt(1_110n),
    unknownTokensIn: async (span) => {
      if (isIn(noisy, span))
        throw new EthereumRpcError('rpc-answer-too-large', 'eth_getLogs', 'too much');
      if (isIn(silent, span)) throw new EthereumRpcError('rpc-refused', 'eth_getLogs', 'no');
      return [];
    },
  };
  await keepVaultAccounts(desk.context);
  const context = { ...desk.context, ethereum: ethereum as EthereumClient };
  // What a node only refuses may be its own fault, so it is tried for an hour.
  const look = () =>
    watchEthereumTokens(context)
      .then(() => true)
      .catch(() => false);
  for (let looks = 0; looks < 20 && (await look()); looks += 1);
  expect(await scanned()).toMatchObject({
    height: silent - 1n,
    passedBlocks: 1n,
    passedHeight: noisy,
  });
  desk.passTime(3_600_000);
  for (let looks = 0; looks < 20; looks += 1) await look();
  expect(await scanned()).toMatchObject({
    height: 1_110n,
    passedBlocks: 2n,
    passedHeight: silent,
    stuckSince: null,
  });
});
