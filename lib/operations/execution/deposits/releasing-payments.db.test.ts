import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOfOwner, bitcoinContextOf } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { begin, cosigned, releaseNewest, rowAt } from '../../testing/owner-desk.ts';
import { openBitcoinDesk, type BitcoinDesk } from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { nameReleasing } from '../name-releasing.ts';
import { OwnerDeposits } from './owner-deposits.ts';

const client = 'C-1001';
const other = 'C-1002';
const outside = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
let desk: BitcoinDesk;
const deposits = new OwnerDeposits();
const look = () => deposits.look(desk.context);

beforeAll(async () => {
  desk = await openBitcoinDesk({ clients: [client, other] });
  await keepVaultAccounts(desk.context);
  await look();
});
afterAll(() => desk.close());

it('change of a payment that somebody else put together from the shares and sent is nobody’s deposit', async () => {
  await desk.control.deposit(addressOfOwner(desk.key, client), 5_000_000n);
  await desk.control.mine(2);
  await look();
  const intent = await cosigned(desk, { client, asset: 'BTC', amount: 1_000_000n, to: outside });
  expect(await begin(desk, intent)).toBe(true);
  const { raw } = await releaseNewest(desk, intent);
  const { db } = desk.context;
  expect(await desk.node.send(raw)).toMatchObject({ outcome: 'accepted' });
  await desk.control.mine(2);
  await look();
  expect(await db.deposit.count()).toBe(1);
  expect(await db.depositPending.count()).toBe(0);
  expect(await clientBalances(desk.books.web, { client })).toMatchObject([{ posted: '5000000' }]);
});

it('its change is known as well where the bytes of such a payment were changed on record, and deposits go on', async () => {
  await desk.control.deposit(addressOfOwner(desk.key, other), 5_000_000n);
  await desk.control.mine(2);
  await look();
  const of = { client: other, asset: 'BTC', amount: 1_000_000n, to: outside };
  const intent = await cosigned(desk, of);
  expect(await begin(desk, intent)).toBe(true);
  const { raw } = await releaseNewest(desk, intent);
  await desk.books.owner.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`
      update chain_transaction set message = ${Uint8Array.of(1, 2, 3)}
        where operation_id = ${intent.operation}::uuid`;
  });
  expect(await desk.node.send(raw)).toMatchObject({ outcome: 'accepted' });
  await desk.control.deposit(addressOfOwner(desk.key, other), 2_000_000n);
  await desk.control.mine(2);
  await look();
  expect(await clientBalances(desk.books.web, { client: other })).toMatchObject([
    { posted: '7000000' },
  ]);
});

it('one of which shares were out before its id was put on record gets it, also beside one that nobody can read', async () => {
  await desk.control.deposit(addressOfOwner(desk.key, client), 5_000_000n);
  await desk.control.deposit(addressOfOwner(desk.key, other), 5_000_000n);
  await desk.control.mine(2);
  await look();
  const { worker } = desk.books;
  const built = async (from: string) => {
    const of = { client: from, asset: 'BTC', amount: 1_000_000n, to: outside };
    const intent = await cosigned(desk, of);
    expect(await begin(desk, intent)).toBe(true);
    await worker.chainTransaction.updateMany({
      where: { operationId: intent.operation },
      data: { phase: 'releasing' },
    });
    return intent;
  };
  const [readable, changed] = [await built(client), await built(other)];
  await desk.books.owner.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`
      update chain_transaction set message = ${Uint8Array.of(1, 2, 3)}
        where operation_id = ${changed.operation}::uuid`;
  });
  await nameReleasing(desk.context);
  const [found] = (await rowAt(desk, readable.operation)).transactions;
  const signed = assemble(
    found?.message ?? new Uint8Array(),
    bitcoinContextOf(desk.key, client),
    desk.sign(client, found?.message ?? new Uint8Array()),
  );
  expect([found?.phase, found?.txid]).toEqual(['releasing', signed.txid]);
  expect((await rowAt(desk, changed.operation)).transactions).toMatchObject([{ txid: null }]);
});
