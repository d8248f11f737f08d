import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeForOwner } from '#lib/chains/account-context.ts';
import { readTransaction } from '#lib/chains/bitcoin/client/raw-transaction.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { begin, cosigned, releaseNewest, rowAt, send, settledTo } from '../testing/owner-desk.ts';
import { openFundedDesk, outsideOf, type BitcoinDesk } from '../testing/running-desk.ts';
import { HeldPayments } from './held-payments.ts';

const COIN = 100_000_000n;
const clients = ['C-1001', 'C-1002', 'C-1003'] as const;
let desk: BitcoinDesk;

beforeAll(async () => {
  desk = await openFundedDesk(clients, COIN);
});
afterAll(() => desk.close());

/** Parties were asked for their shares, and the console has no answer. */
async function signingWithShares(client: string) {
  const of = { client, asset: 'BTC', amount: COIN / 4n, to: outsideOf(desk.key) };
  const intent = await cosigned(desk, of);
  expect(await begin(desk, intent)).toBe(true);
  return { intent, ...(await releaseNewest(desk, intent)) };
}

/** Held while a signature may exist, as after parties who refused once their statements had lapsed. */
async function heldWithShares(client: string) {
  const signing = await signingWithShares(client);
  await move(desk.books.worker, signing.intent.operation, 'held');
  return signing;
}

it('a held withdrawal whose payment others put together and sent is settled once that is final, and counts once', async () => {
  const client = 'C-1001';
  const { intent, raw, txid } = await heldWithShares(client);
  const { operation } = intent;
  const [built] = (await rowAt(desk, operation)).transactions;
  const { fee } = decodeForOwner(desk.key, client, built?.message ?? new Uint8Array());
  const payments = new HeldPayments();
  await payments.look(desk.context);
  expect((await desk.node.send(raw)).outcome).toBe('accepted');
  await payments.look(desk.context);
  await desk.control.mine(1);
  await payments.look(desk.context);
  expect((await rowAt(desk, operation)).state).toBe('held');
  await desk.control.mine(1);
  await payments.look(desk.context);
  const row = await rowAt(desk, operation);
  expect([row.state, row.stopCode]).toEqual(['confirmed', null]);
  expect(row.transactions).toMatchObject([{ phase: 'confirmed', txid }]);
  expect(readTransaction(row.transactions[0]?.raw ?? new Uint8Array()).txid).toBe(txid);
  await payments.look(desk.context);
  const { journals } = await journalPage(desk.books.web, { operation });
  expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
  expect((await clientBalances(desk.books.web, { client }))[0]).toMatchObject({
    posted: String(COIN - COIN / 4n - BigInt(fee)),
    held: '0',
  });
  expect(await desk.books.worker.chainLease.count({ where: { operationId: operation } })).toBe(0);
});

it('a held withdrawal whose payment the chain does not know stays as it is, with all that it holds', async () => {
  const client = 'C-1002';
  const { intent } = await heldWithShares(client);
  await desk.control.mine(2);
  await new HeldPayments().look(desk.context);
  const row = await rowAt(desk, intent.operation);
  expect([row.state, row.transactions[0]?.phase]).toEqual(['held', 'releasing']);
  expect((await clientBalances(desk.books.web, { client }))[0]?.held).not.toBe('0');
  const where = { operationId: intent.operation };
  expect(await desk.books.worker.chainLease.count({ where })).toBeGreaterThan(0);
});

it('a withdrawal that parties were asked for and give no answer to goes on once its payment is final, and is settled by it', async () => {
  const client = 'C-1003';
  const { intent, raw, txid } = await signingWithShares(client);
  const { operation } = intent;
  const payments = new HeldPayments();
  expect((await desk.node.send(raw)).outcome).toBe('accepted');
  await desk.control.mine(1);
  await payments.look(desk.context);
  expect((await rowAt(desk, operation)).state).toBe('signing');
  await desk.control.mine(1);
  await payments.look(desk.context);
  const row = await rowAt(desk, operation);
  expect(row.state).toBe('signed');
  expect(row.transactions).toMatchObject([{ phase: 'signed', txid }]);
  expect(await send(desk, intent)).toBe(true);
  expect(await settledTo(desk, intent)).toBe('confirmed');
  const { journals } = await journalPage(desk.books.web, { operation });
  expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
  expect((await clientBalances(desk.books.web, { client }))[0]?.held).toBe('0');
});
