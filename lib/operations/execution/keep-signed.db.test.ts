import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { changeState } from '../change-state.ts';
import { begin, cosigned, raiseAnew, releaseNewest, rowAt, send } from '../testing/owner-desk.ts';
import { openFundedDesk, outsideOf, type BitcoinDesk } from '../testing/running-desk.ts';
import { HeldPayments } from './held-payments.ts';
import { keepSigned } from './keep-signed.ts';
import { signWithdrawal } from './sign-withdrawal.ts';

const COIN = 100_000_000n;
const clients = ['C-1001', 'C-1002', 'C-1003'] as const;
let desk: BitcoinDesk;

beforeAll(async () => {
  desk = await openFundedDesk(clients, COIN);
});
afterAll(() => desk.close());

/** One worker asks for shares while another one holds the operation, and then has its signature. */
async function signedWhileHeld(client: (typeof clients)[number]) {
  const of = { client, asset: 'BTC', amount: COIN / 4n, to: outsideOf(desk.key) };
  const intent = await cosigned(desk, of);
  const { operation } = intent;
  expect(await begin(desk, intent)).toBe(true);
  const signed = { operationId: operation, ...(await releaseNewest(desk, intent)) };
  await move(desk.books.worker, operation, 'held');
  return { intent, raw: signed.raw, keep: () => keep(signed) };
}

const keep = (signed: Parameters<typeof keepSigned>[1]): Promise<boolean> => {
  const now = desk.context.clock();
  const onwards = { operation: signed.operationId, from: 'signing', to: 'signed' } as const;
  return keepSigned(desk.context.db, signed, now, (tx) => changeState(tx, onwards, now));
};

const phasesOf = async (operation: string) => {
  const { state, transactions } = await rowAt(desk, operation);
  return [state, ...transactions.map(({ phase }) => phase)];
};

describe('a signature that comes after its operation was held', () => {
  it('is kept, and sent once everybody has stated the new attempt', async () => {
    const { intent, keep: keepIt } = await signedWhileHeld('C-1001');
    const { operation } = intent;
    expect(await keepIt()).toBe(false);
    expect(await phasesOf(operation)).toEqual(['held', 'signed']);
    await raiseAnew(desk, operation);
    await move(desk.books.web, operation, 'cosigned');
    expect(await begin(desk, intent)).toBe(true);
    expect(await signWithdrawal(await rowAt(desk, operation), intent, desk.context)).toBe(true);
    expect(await phasesOf(operation)).toEqual(['signed', 'signed']);
    expect(await send(desk, intent)).toBe(true);
    expect(await phasesOf(operation)).toEqual(['broadcast', 'broadcast']);
  });

  it('settles the operation where its payment is sent by others', async () => {
    const client = 'C-1002';
    const { intent, raw, keep: keepIt } = await signedWhileHeld(client);
    const { operation } = intent;
    await keepIt();
    expect((await desk.node.send(raw)).outcome).toBe('accepted');
    await desk.control.mine(2);
    await new HeldPayments().look(desk.context);
    expect(await phasesOf(operation)).toEqual(['confirmed', 'confirmed']);
    const { journals } = await journalPage(desk.books.web, { operation });
    expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect((await clientBalances(desk.books.web, { client }))[0]?.held).toBe('0');
  });

  it('changes nothing once the chain has settled the operation', async () => {
    const { intent, raw, keep: keepIt } = await signedWhileHeld('C-1003');
    const { operation } = intent;
    expect((await desk.node.send(raw)).outcome).toBe('accepted');
    await desk.control.mine(2);
    await new HeldPayments().look(desk.context);
    expect(await keepIt()).toBe(false);
    expect(await phasesOf(operation)).toEqual(['confirmed', 'confirmed']);
  });
});
