import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { agreeingSource } from '#lib/chains/bitcoin/client/agreeing-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { journalPage } from '#lib/ledger/queries.ts';
import { waitingLocks } from '#lib/platform/db/testing/waiting-locks.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  openOwnerDesk,
  releaseNewest,
  rowAt,
  send,
  settledTo,
  settleOnce,
  signNewest,
  type OwnerDesk,
} from '../testing/owner-desk.ts';
import { signTheft } from '../testing/owner-theft.ts';
import { startBitcoin, type BitcoinChain } from '../testing/running-chains.ts';
import { outsideOf } from '../testing/running-desk.ts';
import { findAssetHold, lockHold } from '../asset-hold.ts';
import { undoneSettlements } from '../undone-settlements.ts';
import { OwnerDeposits } from './deposits/owner-deposits.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';
import { SettledPayments } from './settled-payments.ts';

const COIN = 100_000_000n;
const client = 'C-1001';
let chain: BitcoinChain;
let desk: OwnerDesk;

beforeAll(async () => {
  chain = await startBitcoin();
});
afterAll(() => chain.close());
// Books of their own for each: what is found out stops the whole chain.
beforeEach(async () => {
  desk = await openOwnerDesk({
    chain: BITCOIN_REGTEST,
    suite: 'FROST-secp256k1-SHA256-TR-v1',
    clients: [client],
    node: { bitcoin: chain.node },
  });
});
afterEach(() => desk.close());

const outside = (): string => outsideOf(desk.key);

async function fund(): Promise<void> {
  await chain.control.deposit(addressOfOwner(desk.key, client), COIN);
  await bookDeposit(desk, { client, asset: 'BTC', amount: COIN });
  await chain.control.mine(2);
}

async function settled(): Promise<{ intent: WithdrawalIntent; txid: string }> {
  const intent = await cosigned(desk, { client, asset: 'BTC', amount: COIN / 2n, to: outside() });
  await begin(desk, intent);
  const txid = await signNewest(desk, intent);
  await send(desk, intent);
  await chain.control.mine(2);
  expect(await settledTo(desk, intent)).toBe('confirmed');
  return { intent, txid };
}

/** Numbers of the incidents of the chain's holds, the first first. */
const incidents = async () =>
  (
    await desk.books.web.incidentRecord.findMany({
      where: { what: 'chain-reorganised' },
      orderBy: { openedAt: 'asc' },
    })
  ).map(({ number }) => number);

/** Every time that a payment was taken back, as people read it. */
const lines = async () =>
  (
    await desk.books.web.undoneSettlement.findMany({
      orderBy: [{ foundAt: 'asc' }, { transaction: { createdAt: 'asc' } }],
      include: { transaction: { select: { operationId: true } } },
    })
  ).map(({ incident, supersededBy, backAt, transaction }) => ({
    operation: transaction.operationId,
    incident,
    supersededBy,
    isBack: backAt !== null,
  }));

const journalsOf = async ({ operation }: WithdrawalIntent) =>
  (await journalPage(desk.books.web, { operation })).journals.map(({ kind }) => kind);

describe('a settled payment', () => {
  it('that stays in its block, or that a node has not come to yet, opens nothing', async () => {
    await fund();
    await settled();
    await new SettledPayments().look(desk.context);
    await chain.control.lag(2);
    await new SettledPayments().look(desk.context);
    await chain.control.lag(0);
    expect(await incidents()).toEqual([]);
  });

  it('that a deep reorganisation takes back opens one incident, stops the chain, stays booked, and is sent again', async () => {
    await fund();
    const { intent, txid } = await settled();
    const watch = new SettledPayments();
    await chain.control.reorganize(2);
    await watch.look(desk.context);
    const [incident] = await incidents();
    const line = { operation: intent.operation, incident, supersededBy: null, isBack: false };
    expect(await lines()).toEqual([line]);
    expect((await rowAt(desk, intent.operation)).state).toBe('confirmed');
    expect(await findAssetHold(intent, desk.books.worker)).toMatchObject({
      refusal: { code: 'asset-held' },
    });
    expect(await journalsOf(intent)).toEqual(['withdrawal']);
    await chain.control.mine(1);
    await watch.look(desk.context);
    await new SettledPayments().look(desk.context);
    expect(await incidents()).toEqual([incident]);
    expect(await lines()).toEqual([line]);
    expect((await chain.node.transaction(txid))?.block).not.toBeNull();
  });

  it('in whose place another one is final says so, and is not sent again', async () => {
    await fund();
    const rival = await signTheft(desk, { client, to: outside(), amount: COIN / 4n });
    const { intent, txid } = await settled();
    await chain.control.reorganize(2, false, [rival.raw]);
    await new SettledPayments().look(desk.context);
    const [incident] = await incidents();
    expect(await lines()).toEqual([
      { operation: intent.operation, incident, supersededBy: rival.txid, isBack: false },
    ]);
    expect(await undoneSettlements(desk.books.web)).toMatchObject([
      { replaced: { by: rival.txid, isOwn: false } },
    ]);
    expect(await chain.node.transaction(txid)).toBeNull();
    expect((await chain.node.transaction(rival.txid))?.block).not.toBeNull();
    expect(await journalsOf(intent)).toEqual(['withdrawal']);
  });

  it('in whose place its own replacement is final is shown as paid by that one', async () => {
    await fund();
    const intent = await cosigned(desk, { client, asset: 'BTC', amount: COIN / 2n, to: outside() });
    await begin(desk, intent);
    const first = await signNewest(desk, intent);
    await send(desk, intent);
    await chain.control.feeRate(20_000);
    desk.passTime(100_000);
    expect(await settleOnce(desk, intent)).toBe(true);
    await chain.control.feeRate(0);
    const second = await signNewest(desk, intent);
    expect(await settleOnce(desk, intent)).toBe(true);
    await chain.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    const { number, transactions } = await rowAt(desk, intent.operation);
    expect(transactions.find(({ phase }) => phase === 'confirmed')?.txid).toBe(second);
    const raw = transactions.find(({ txid }) => txid === first)?.raw;
    await chain.control.reorganize(2, false, [raw ?? new Uint8Array()]);
    await new SettledPayments().look(desk.context);
    expect(await undoneSettlements(desk.books.web)).toEqual([
      { chain: BITCOIN_REGTEST, number, replaced: { by: first, isOwn: true } },
    ]);
    expect(await journalsOf(intent)).toEqual(['withdrawal']);
  });

  it('in whose place a replacement is final that only shares were out for is shown as paid by that one, and its change as nobody’s deposit', async () => {
    await fund();
    const intent = await cosigned(desk, { client, asset: 'BTC', amount: COIN / 2n, to: outside() });
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    await chain.control.feeRate(20_000);
    desk.passTime(100_000);
    expect(await settleOnce(desk, intent)).toBe(true);
    await chain.control.feeRate(0);
    const { raw, txid } = await releaseNewest(desk, intent);
    await chain.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    await chain.control.reorganize(2, false, [raw]);
    await new SettledPayments().look(desk.context);
    const { number } = await rowAt(desk, intent.operation);
    expect(await undoneSettlements(desk.books.web)).toEqual([
      { chain: BITCOIN_REGTEST, number, replaced: { by: txid, isOwn: true } },
    ]);
    await keepVaultAccounts(desk.context);
    await new OwnerDeposits().look(desk.context);
    const { db } = desk.context;
    expect(await db.depositPending.findMany({ where: { txid } })).toEqual([]);
    expect(await db.deposit.findMany({ where: { txid } })).toEqual([]);
  });

  it('whose place is free again, because another reorganisation took back the other one, is no longer said to be replaced', async () => {
    await fund();
    const rival = await signTheft(desk, { client, to: outside(), amount: COIN / 4n });
    const { txid } = await settled();
    await chain.control.reorganize(2, false, [rival.raw]);
    const watch = new SettledPayments();
    await watch.look(desk.context);
    expect((await lines()).map(({ supersededBy }) => supersededBy)).toEqual([rival.txid]);
    await chain.control.reorganize(3, true);
    await watch.look(desk.context);
    expect((await lines()).map(({ supersededBy }) => supersededBy)).toEqual([null]);
    expect(await undoneSettlements(desk.books.web)).toMatchObject([{ replaced: null }]);
    await chain.control.mine(2);
    expect((await chain.node.transaction(txid))?.block).not.toBeNull();
  });

  it('of several that go at once is one of one incident, which lists them all', async () => {
    for (let each = 0; each < 3; each += 1) await fund();
    const intents: WithdrawalIntent[] = [];
    for (let each = 0; each < 3; each += 1) {
      const of = { client, asset: 'BTC', amount: COIN / 2n, to: outside() };
      const intent = await cosigned(desk, of);
      await begin(desk, intent);
      await signNewest(desk, intent);
      await send(desk, intent);
      intents.push(intent);
    }
    await chain.control.mine(2);
    for (const intent of intents) expect(await settledTo(desk, intent)).toBe('confirmed');
    await chain.control.reorganize(2);
    await new SettledPayments().look(desk.context);
    expect(await incidents()).toHaveLength(1);
    expect((await lines()).map(({ operation }) => operation).toSorted()).toEqual(
      intents.map(({ operation }) => operation).toSorted(),
    );
  });

  it('that came again and is taken back once more is listed once more', async () => {
    await fund();
    const { intent } = await settled();
    const watch = new SettledPayments();
    for (const times of [1, 2]) {
      await chain.control.reorganize(2);
      await watch.look(desk.context);
      expect((await lines()).map(({ isBack }) => isBack)).toEqual(
        times === 1 ? [false] : [true, false],
      );
      await chain.control.mine(1);
      await watch.look(desk.context);
      // Not before it is as deep as what counts as final.
      expect((await lines()).at(-1)).toMatchObject({ isBack: false });
      await chain.control.mine(1);
      await watch.look(desk.context);
      expect((await lines()).at(-1)).toMatchObject({ isBack: true, operation: intent.operation });
    }
    expect(await incidents()).toHaveLength(1);
  });

  it('is dated when no word about the chain can come before it any more', async () => {
    await fund();
    const { intent } = await settled();
    await chain.control.reorganize(2);
    let look: Promise<void> | undefined;
    await inTransaction(desk.books.owner, async (tx) => {
      await lockHold(tx, { chain: BITCOIN_REGTEST, asset: null, reason: 'chain-reorganised' });
      look = new SettledPayments().look(desk.context);
      await vi.waitFor(async () => expect(await waitingLocks(desk.books.owner)).toBe(1), 5_000);
      desk.passTime(10);
    });
    await look;
    const [line] = await desk.books.web.undoneSettlement.findMany();
    expect(line).toMatchObject({ foundAt: desk.context.clock() });
    expect((await rowAt(desk, intent.operation)).transactions[0]?.id).toBe(line?.transactionId);
  });

  it('that one of two nodes denies opens nothing', async () => {
    await fund();
    await settled();
    const lying = { ...chain.node, transaction: () => Promise.resolve(null) };
    const bitcoin = agreeingSource(chain.node, lying);
    const look = new SettledPayments().look({ ...desk.context, bitcoin });
    await expect(look).rejects.toThrow();
    expect([await incidents(), await lines()]).toEqual([[], []]);
  });

  it('is put on that list by nobody but the worker', async () => {
    await fund();
    const { intent } = await settled();
    const [transaction] = (await rowAt(desk, intent.operation)).transactions;
    const data = {
      id: randomUUID(),
      transactionId: transaction?.id ?? '',
      incident: 'INC-2026-000001',
      foundAt: desk.context.clock(),
    };
    await expect(desk.books.web.undoneSettlement.create({ data })).rejects.toThrow();
    expect(await desk.books.worker.undoneSettlement.create({ data })).toMatchObject(data);
    await expect(
      desk.books.web.undoneSettlement.updateMany({ data: { backAt: data.foundAt } }),
    ).rejects.toThrow();
  });
});
