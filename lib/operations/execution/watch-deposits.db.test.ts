import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { openChainDesk, untilFinal, type ChainDesk } from '../testing/chain-desk.ts';
import { watchDeposits } from './watch-deposits.ts';
import { watchFeeAccount } from './watch-fee-account.ts';
import type { WorkerContext } from './worker-context.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk([]);
});
afterAll(() => desk.close());

/** The worker's context, with pages of one transaction each, counted. */
function onePerPage(): { context: WorkerContext; pages: () => number } {
  const { solana } = desk.context;
  let pages = 0;
  const context: WorkerContext = {
    ...desk.context,
    solana: {
      ...solana,
      getTransfers: (account, query) => {
        pages += 1;
        return solana.getTransfers(account, { ...query, limit: 1 });
      },
      getMovements: (account, query) => {
        pages += 1;
        return solana.getMovements(account, { ...query, limit: 1 });
      },
    },
  };
  return { context, pages: () => pages };
}

it('a long history is read over several passes, each of a bounded length, and nothing is missed', async () => {
  const { control, vault, feePayer } = desk.fixture;
  for (let sent = 0; sent < 12; sent += 1)
    for (const { address } of [vault, feePayer])
      await untilFinal(desk, await control.deposit(address, SOL + BigInt(sent)));
  const journals = () => desk.books.worker.journal.count();
  for (const watch of [watchDeposits, watchFeeAccount]) {
    const { context, pages } = onePerPage();
    await watch(context);
    expect(pages()).toBe(10);
    const early = await journals();
    await until('the rest is read', async () => {
      const before = pages();
      await watch(context);
      expect(pages() - before).toBeLessThanOrEqual(10);
      return pages() - before < 10;
    });
    expect(await journals()).toBeGreaterThan(early);
  }
  // One was there from the start.
  expect(await desk.books.worker.deposit.count()).toBe(13);
});
