import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, deposit, type Books } from '#lib/ledger/testing/books.ts';
import { findUnusualWithdrawal } from './find-unusual.ts';
import { openAfterGenesis, type AfterGenesis } from './testing/after-genesis.ts';
import { intentFor, raiseIntent } from './testing/chain-desk.ts';

let desk: AfterGenesis;
let books: Books;

beforeAll(async () => {
  desk = await openAfterGenesis();
  const { database, owner } = desk;
  books = { database, owner, web: database.connect('web'), worker: database.connect('worker') };
  await createVault(owner);
  await owner.client.create({ data: { id: 'C-1001' } });
  await deposit(books, 'C-1001', 100n);
});
afterAll(() => desk.database.drop());

const wanted = (amount: bigint) =>
  intentFor({
    operation: randomUUID(),
    client: 'C-1001',
    amount,
    to: '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr',
  });

describe('what remains to a client', () => {
  it('is the same before a withdrawal is raised and after, with other holds taken off', async () => {
    const raiser = desk.founders[0].actor.personId;
    await raiseIntent({ books }, wanted(30n), raiser);
    const intent = wanted(20n);
    const at = { raisedAt: desk.context.clock(), recipient: null };
    const remains = async () => (await findUnusualWithdrawal(intent, at, desk.context)).remains;
    const before = await remains();
    expect(before).toContain('0.000000050 SOL remain');
    await raiseIntent({ books }, intent, raiser);
    expect(await remains()).toBe(before);
  });
});
