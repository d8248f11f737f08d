/** Several workers on Ethereum of which one waits for its node while the others go on: an outage has much to read. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { ETHER } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { openEthereumDesk, type EthereumDesk } from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { OwnerDeposits } from './owner-deposits.ts';

const client = 'C-1001';
let desk: EthereumDesk;
/** Of the block that the deposit lies in. */
let height: bigint;

const lookWith = (ethereum: EthereumClient) =>
  new OwnerDeposits().look({ ...desk.context, ethereum });
const look = () => lookWith(desk.node);
const posted = async () => (await clientBalances(desk.books.web, { client }))[0]?.posted ?? '0';

/** Until what there is to credit is final. */
async function goOn(): Promise<void> {
  for (let pass = 0; pass < 2; pass += 1) {
    await desk.control.mine(45);
    await look();
  }
}

/** A node whose first answer about what was kept comes only after others have gone on. */
function stalledNode(goOnMeanwhile: () => Promise<void>): EthereumClient {
  let isMeanwhile = false;
  return {
    ...desk.node,
    findKept: async (marks) => {
      const kept = await desk.node.findKept(marks);
      if (!isMeanwhile) {
        isMeanwhile = true;
        await goOnMeanwhile();
        expect(await posted()).toBe(String(ETHER));
      }
      return kept;
    },
  };
}

async function expectCreditedOnce(): Promise<void> {
  expect(await posted()).toBe(String(ETHER));
  expect(await desk.books.web.deposit.count()).toBe(1);
  expect(await desk.books.web.depositReversal.count()).toBe(0);
  expect(await desk.books.web.assetHold.count()).toBe(0);
}

beforeEach(async () => {
  desk = await openEthereumDesk({ clients: [client] });
  await keepVaultAccounts(desk.context);
  await look();
  await desk.control.pauseMining(true);
  await desk.control.mine(3);
  await look();
  await desk.control.deposit(addressOfOwner(desk.key, client), ETHER);
  height = await desk.control.mine(1);
});
afterEach(() => desk.close());

it('a deposit stays credited though a worker that judged by older blocks goes on after its block is no longer on record', async () => {
  await lookWith(stalledNode(goOn));
  await expectCreditedOnce();
});

it('a deposit that another worker credited in one pass over many final blocks stays credited', async () => {
  await desk.control.mine(45);
  await lookWith(stalledNode(look));
  await expectCreditedOnce();
});

it('what others have read and credited stays on record though a worker saw a fork for a moment before', async () => {
  await look();
  const { number, hash } = (await desk.node.getBlock(height - 1n)) ?? { number: 0n, hash: '' };
  const stalled = stalledNode(goOn);
  let onRecord = 0;
  const findKept: EthereumClient['findKept'] = async (marks) => {
    await stalled.findKept(marks);
    onRecord = await desk.books.web.chainBlock.count();
    return { number, hash };
  };
  const scanBlock = () => Promise.reject(new Error('no answer'));
  await expect(lookWith({ ...stalled, findKept, scanBlock })).rejects.toThrow();
  expect(await desk.books.web.chainBlock.count()).toBe(onRecord);
  await goOn();
  await expectCreditedOnce();
});

it('a deposit in a lost block that a worker puts on record late is not credited by its height alone', async () => {
  const below = await desk.node.getBlock(height - 1n);
  const tokens: string[] = [];
  const accounts = new Set([addressOfOwner(desk.key, client)]);
  const lost = await desk.node.scanBlock(height, { accounts, tokens });
  if (!below || !lost) throw new Error('The chain has both.');
  // What the lost block held is not in the new one.
  await desk.control.reorganise(1);
  await desk.control.mine(90);
  const late: EthereumClient = {
    ...desk.node,
    blockNumber: async () => height,
    getBlock: async () => below,
    scanBlock: async () => lost,
  };
  let isMeanwhile = false;
  await lookWith({
    ...desk.node,
    scanBlock: async (number, of) => {
      if (!isMeanwhile) {
        isMeanwhile = true;
        await lookWith(late);
        expect(await desk.books.web.depositPending.count()).toBe(1);
      }
      return desk.node.scanBlock(number, of);
    },
  });
  expect(isMeanwhile).toBe(true);
  await goOn();
  expect(await desk.books.web.deposit.count()).toBe(0);
});
