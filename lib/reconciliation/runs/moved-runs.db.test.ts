/** Credited deposits on Bitcoin that a deep reorganisation puts on the other side of where the last run stopped. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { OwnerDeposits } from '#lib/operations/execution/deposits/owner-deposits.ts';
import { reverse } from '#lib/operations/execution/deposits/take-deposit.ts';
import { keepVaultAccounts } from '#lib/operations/execution/keep-vault-accounts.ts';
import { ownerVault } from '#lib/operations/testing/owner-desk.ts';
import { openBitcoinDesk, type BitcoinDesk } from '#lib/operations/testing/running-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { chainSource } from '../sources/chain-source.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

const client = 'C-1001';
let desk: BitcoinDesk;
const look = () => new OwnerDeposits().look(desk.context);

beforeAll(async () => {
  desk = await openBitcoinDesk({ clients: [client] });
  await keepVaultAccounts(desk.context);
  await desk.control.mine(10);
  await look();
});
afterAll(() => desk.close());

/**
 * The fault of a run that the worker makes, null where it has none.
 * @param before the chain is read.
 */
async function run(before?: () => Promise<void>): Promise<string | null> {
  desk.passTime(1_000);
  const { context } = desk;
  const id = await inTransaction(context.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, context.clock()),
  );
  const chains = chainSource(context);
  const places = async () =>
    (await chains.places()).filter(({ place }) => place.place === ownerVault);
  const read: typeof chains.read = async (place, since) => {
    await before?.();
    return chains.read(place, since);
  };
  const sources = [{ ...chains, places, read }];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { ...context, sources });
  const { fault } = await context.db.reconciliationRequest.findUniqueOrThrow({ where: { id } });
  return fault;
}

/** Differences that are open after a run. */
async function differences(): Promise<{ subject: string; amount: string }[]> {
  expect(await run()).toBeNull();
  const open = await desk.context.db.breakRecord.findMany({ where: { state: { not: 'closed' } } });
  return open.map(({ subject, amount }) => ({ subject, amount: amount.toFixed(0) }));
}

async function credited(): Promise<string> {
  const txid = await desk.control.deposit(addressOfOwner(desk.key, client), 5_000_000n);
  await desk.control.mine(2);
  await look();
  expect(await desk.books.web.deposit.count({ where: { txid } })).toBe(1);
  return txid;
}
const heightOf = async (txid: string): Promise<number> =>
  (await desk.node.transaction(txid))?.block?.height ?? 0;

it('one that was not compared yet and moved below the last cut is found there', async () => {
  await desk.control.mine(5);
  expect(await differences()).toEqual([]);
  const txid = await credited();
  const first = await heightOf(txid);
  const known = await desk.node.transaction(txid);
  await desk.control.reorganize(7, false, known ? [known.transaction.bytes] : []);
  expect(await heightOf(txid)).toBe(first - 5);
  await look();
  expect(await desk.books.worker.depositMoved.count({ where: { txid } })).toBe(1);
  expect(await differences()).toEqual([]);
});

it('one that moves below the last cut while a run is made is found there by the next one', async () => {
  await desk.control.mine(5);
  expect(await differences()).toEqual([]);
  const txid = await credited();
  const first = await heightOf(txid);
  const known = await desk.node.transaction(txid);
  let isMoved = false;
  const fault = await run(async () => {
    if (isMoved) return;
    isMoved = true;
    await desk.control.reorganize(7, false, known ? [known.transaction.bytes] : []);
    await look();
  });
  expect(await heightOf(txid)).toBe(first - 5);
  expect(fault).toMatch(/reorganised while it was read/);
  expect(await differences()).toEqual([]);
});

it('one that was compared and moved above the last cut is not found twice', async () => {
  const txid = await credited();
  const first = await heightOf(txid);
  expect(await differences()).toEqual([]);
  await desk.control.reorganize(2);
  await desk.control.mine(2);
  expect(await heightOf(txid)).toBe(first + 3);
  await look();
  expect(await differences()).toEqual([]);
  await desk.control.mine(1);
  expect(await differences()).toEqual([]);
});

it('one that was compared and is gone is missing on neither side once it was taken back', async () => {
  const txid = await credited();
  expect(await differences()).toEqual([]);
  await desk.control.reorganize(2, true);
  await look();
  expect(await desk.books.web.depositReversal.count({ where: { txid } })).toBe(1);
  expect(await differences()).toEqual([]);
});

it('one that a wrong node had taken back is missing on neither side once it is credited again', async () => {
  const txid = await credited();
  expect(await differences()).toEqual([]);
  const name = { chain: BITCOIN_REGTEST, txid, vault: ownerVault };
  const where = { txid };
  const { place, slot, blockHash } = await desk.books.web.deposit.findFirstOrThrow({ where });
  await reverse(desk.context, { ...name, place }, { height: slot, hash: blockHash ?? '' });
  await look();
  expect(await desk.books.web.deposit.count({ where })).toBe(2);
  expect(await differences()).toEqual([]);
  await reverse(desk.context, { ...name, place }, { height: slot, hash: blockHash ?? '' });
  expect(await differences()).toMatchObject([{ amount: '5000000' }]);
  await look();
  expect(await desk.books.web.deposit.count({ where })).toBe(3);
  expect(await differences()).toEqual([]);
});
