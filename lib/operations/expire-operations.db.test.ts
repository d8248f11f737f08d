import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { HeldPayments } from './execution/held-payments.ts';
import { expireOperations } from './expire-operations.ts';
import { begin, cosigned, raiseAnew, releaseNewest, rowAt } from './testing/owner-desk.ts';
import { openFundedDesk, outsideOf, type BitcoinDesk } from './testing/running-desk.ts';

const COIN = 100_000_000n;
const clients = ['C-1001', 'C-1002', 'C-1003'] as const;
type Client = (typeof clients)[number];
let desk: BitcoinDesk;

beforeAll(async () => {
  desk = await openFundedDesk(clients, COIN);
});
afterAll(() => desk.close());

const withdrawal = (client: Client) =>
  cosigned(desk, { client, asset: 'BTC', amount: COIN / 4n, to: outsideOf(desk.key) });

const balanceOf = async (client: Client) => (await clientBalances(desk.books.web, { client }))[0];

/** A share of its payment is out; it was held, and its raiser has begun anew. */
async function raisedAnew(client: Client) {
  const intent = await withdrawal(client);
  expect(await begin(desk, intent)).toBe(true);
  const released = await releaseNewest(desk, intent);
  await move(desk.books.worker, intent.operation, 'held');
  await raiseAnew(desk, intent.operation);
  return { operation: intent.operation, ...released };
}

describe('what nobody stated in time', () => {
  it('is held again where a signature from before may exist, with all that it holds, and settled when its payment ran', async () => {
    const client = 'C-1001';
    const { operation, raw } = await raisedAnew(client);
    expect(await expireOperations(desk.context)).toBe(0);
    expect((await rowAt(desk, operation)).state).toBe('raised');
    desk.passTime(2 * 3_600_000);
    expect(await expireOperations(desk.context)).toBe(0);
    const held = await rowAt(desk, operation);
    expect([held.state, held.stopCode]).toEqual(['held', 'new-attempt-lapsed']);
    expect(held.stopSentence).not.toContain('Raise a new one');
    expect((await balanceOf(client))?.held).not.toBe('0');
    expect(await expireOperations(desk.context)).toBe(0);
    expect((await desk.node.send(raw)).outcome).toBe('accepted');
    await desk.control.mine(2);
    await new HeldPayments().look(desk.context);
    expect((await rowAt(desk, operation)).state).toBe('confirmed');
    const { journals } = await journalPage(desk.books.web, { operation });
    expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect((await balanceOf(client))?.held).toBe('0');
  });

  it('is held again also when it was approved already', async () => {
    const { operation } = await raisedAnew('C-1002');
    await move(desk.books.web, operation, 'approved');
    desk.passTime(2 * 3_600_000);
    await expireOperations(desk.context);
    expect((await rowAt(desk, operation)).state).toBe('held');
  });
});

it('what was held until its time was over expires, and is not said to have lacked statements', async () => {
  const client = 'C-1003';
  const { operation } = await withdrawal(client);
  await move(desk.books.worker, operation, 'held');
  await desk.books.worker.operation.update({
    where: { id: operation },
    data: {
      revision: { increment: 1 },
      stopCode: 'policy-limit',
      stopSentence: 'A party said no.',
    },
  });
  desk.passTime(2 * 3_600_000);
  expect(await expireOperations(desk.context)).toBe(1);
  const row = await rowAt(desk, operation);
  expect([row.state, row.stopCode]).toEqual(['expired', 'operation-expired']);
  expect(row.stopSentence).toMatch(/^It was held, and its time was over/u);
  expect((await balanceOf(client))?.held).toBe('0');
});
