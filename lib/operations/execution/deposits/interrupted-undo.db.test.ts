/** Workers that end, or meet another one, while what a short fork of Ethereum had lost is taken back. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { waitingLocks } from '#lib/platform/db/testing/waiting-locks.ts';
import { ETHER } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { openEthereumDesk, type EthereumDesk } from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import type { WorkerContext } from '../worker-context.ts';
import { OwnerDeposits } from './owner-deposits.ts';

const client = 'C-1001';
let desk: EthereumDesk;
let address: string;
/** Of the block that the deposit lies in. */
let height: bigint;

const look = (context: WorkerContext = desk.context) => new OwnerDeposits().look(context);
const posted = async () => (await clientBalances(desk.books.web, { client }))[0]?.posted ?? '0';
const pendingAt = async () =>
  (await desk.books.web.depositPending.findMany()).map(({ slot }) => slot);

/** Until what there is to credit is final. */
async function goOn(): Promise<void> {
  for (let pass = 0; pass < 12; pass += 1) {
    await desk.control.mine(10);
    await look();
  }
}

/** A moment in which the node has another newest block than the one that the deposit lies in. */
async function onFork(): Promise<EthereumClient> {
  const below = await desk.node.getBlock(height - 1n);
  if (!below) throw new Error('It was read before.');
  return {
    ...desk.node,
    blockNumber: async () => below.number,
    findKept: async () => ({ number: below.number, hash: below.hash }),
  };
}

beforeEach(async () => {
  desk = await openEthereumDesk({ clients: [client] });
  await keepVaultAccounts(desk.context);
  await look();
  await desk.control.pauseMining(true);
  await desk.control.mine(3);
  await look();
  address = addressOfOwner(desk.key, client);
  await desk.control.deposit(address, ETHER);
  height = await desk.control.mine(1);
});
afterEach(() => desk.close());

const ends = () => Promise.reject(new Error('the worker ends'));

it.each([
  {
    before: 'it had struck off the block',
    query: { chainBlock: { deleteMany: ends }, depositPending: {} },
  },
  {
    before: 'it had taken the deposit back',
    query: { chainBlock: {}, depositPending: { delete: ends } },
  },
])(
  'a deposit is credited though a worker ended before $before that a fork had lost, and the chain came back',
  async ({ query }) => {
    await look();
    expect(await pendingAt()).toEqual([height]);
    const db = desk.context.db.$extends({ query }) as unknown as WorkerContext['db'];
    await expect(look({ ...desk.context, db, ethereum: await onFork() })).rejects.toThrow();
    await goOn();
    expect(await posted()).toBe(String(ETHER));
  },
);

it('a deposit that a worker saw is credited though another one, on a fork, takes it back before the block is on record', async () => {
  const fork = await onFork();
  let other: Promise<void> | undefined;
  const db = desk.context.db.$extends({
    query: {
      chainBlock: {
        create: async ({ args, query }) => {
          if (args.data.height === height) {
            other = look({ ...desk.context, ethereum: fork });
            // It waits for this one, or is done before.
            const waits = vi.waitFor(
              async () => expect(await waitingLocks(desk.books.owner)).toBe(1),
              { timeout: 30_000 },
            );
            await Promise.race([other, waits]);
          }
          return query(args);
        },
      },
    },
  }) as unknown as WorkerContext['db'];
  await look({ ...desk.context, db });
  expect(other).toBeDefined();
  await other;
  await goOn();
  expect(await posted()).toBe(String(ETHER));
});

it('a worker that judged a block gone takes back nothing that another one has seen since in a new block', async () => {
  await look();
  const accounts = new Set([address]);
  const movements = (await desk.node.scanBlock(height, { accounts, tokens: [] }))?.movements ?? [];
  expect(movements).toHaveLength(1);
  await desk.control.reorganise(1);
  const again = await desk.control.mine(1);
  // The sandbox drops what a lost block held; here the next block has it.
  const ethereum: EthereumClient = {
    ...desk.node,
    scanBlock: async (number, of) => {
      const block = await desk.node.scanBlock(number, of);
      return block && number === again
        ? { ...block, movements: [...block.movements, ...movements] }
        : block;
    },
  };
  const context = { ...desk.context, ethereum };
  let isMeanwhile = false;
  const stalled = desk.context.db.$extends({
    query: {
      depositPending: {
        findMany: async ({ args, query }) => {
          const found = await query(args);
          if (!isMeanwhile && found.length > 0) {
            isMeanwhile = true;
            await look(context);
          }
          return found;
        },
      },
    },
  }) as unknown as WorkerContext['db'];
  const away = { ...ethereum, scanBlock: () => Promise.reject(new Error('no answer')) };
  await expect(look({ ...context, db: stalled, ethereum: away })).rejects.toThrow();
  expect(isMeanwhile).toBe(true);
  expect(await pendingAt()).toEqual([again]);
  const block = await desk.node.getBlock(again);
  const onRecord = await desk.books.web.chainBlock.findMany({ where: { height: again } });
  expect(onRecord.map(({ hash }) => hash)).toEqual([block?.hash]);
});

it('a deposit in a lost block is not credited though a worker ended while it was taking it back and another one was reading', async () => {
  let isMeanwhile = false;
  const ethereum: EthereumClient = {
    ...desk.node,
    scanBlock: async (number, of) => {
      if (!isMeanwhile && number === height) {
        isMeanwhile = true;
        await look();
        expect(await pendingAt()).toEqual([height]);
        // What the lost block held is not in the new one.
        await desk.control.reorganise(1);
        await desk.control.mine(1);
        const query = { depositPending: { delete: ends } };
        const db = desk.context.db.$extends({ query }) as unknown as WorkerContext['db'];
        await expect(look({ ...desk.context, db })).rejects.toThrow();
      }
      return desk.node.scanBlock(number, of);
    },
  };
  await expect(look({ ...desk.context, ethereum })).rejects.toThrow();
  expect(isMeanwhile).toBe(true);
  expect(await pendingAt()).toEqual([height]);
  await goOn();
  expect(await pendingAt()).toEqual([]);
  expect(await posted()).toBe('0');
  expect(await desk.books.web.assetHold.count()).toBe(0);
});

it('a deposit that cannot be taken back keeps no other from it, and the chain waits', async () => {
  await desk.control.deposit(address, ETHER);
  await desk.control.mine(1);
  await look();
  expect(await pendingAt()).toHaveLength(2);
  await desk.control.reorganise(2);
  let isFirst = true;
  const query = {
    depositPending: {
      delete: <A, R>({ args, query: run }: { args: A; query: (args: A) => R }): R => {
        if (!isFirst) return run(args);
        isFirst = false;
        throw new Error('it cannot be taken back');
      },
    },
  };
  const db = desk.context.db.$extends({ query }) as unknown as WorkerContext['db'];
  await desk.control.mine(10);
  const newest = () => desk.books.web.chainBlock.aggregate({ _max: { height: true } });
  await expect(look({ ...desk.context, db })).rejects.toThrow();
  expect(await pendingAt()).toHaveLength(1);
  expect(await newest()).toEqual({ _max: { height: height - 1n } });
  await goOn();
  expect(await posted()).toBe('0');
});
