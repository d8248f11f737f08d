/** The database refuses to change what a transaction's record says; whoever owns the database can. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner, bitcoinContextOf, decodeForOwner } from '#lib/chains/account-context.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { readTransaction } from '#lib/chains/bitcoin/client/raw-transaction.ts';
import { coinsSpentBy } from '#lib/chains/bitcoin/spent-coins.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { ETHER, freshKey, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import type { WaitReason } from '../../progress/wait.ts';
import { settle } from '../settle.ts';
import { signWithdrawal } from '../sign-withdrawal.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  releaseNewest,
  rowAt,
  send,
  settledTo,
  settleOnce,
  signNewest,
  type OwnerDesk,
} from '../../testing/owner-desk.ts';
import { takeBitcoin, takeEther } from '../../testing/owner-theft.ts';
import {
  openBitcoinDesk,
  openEthereumDesk,
  outsideOf,
  type BitcoinDesk,
  type EthereumDesk,
} from '../../testing/running-desk.ts';

const suite = 'DKLS23-secp256k1-SHA256-v1';
const COIN = 100_000_000n;

/** Puts other bytes in the place of those that the operation's transactions were built with. */
const change = (
  { books }: OwnerDesk,
  { operation }: WithdrawalIntent,
  to: Uint8Array = Uint8Array.of(1, 2, 3),
): Promise<unknown> =>
  books.owner.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`
      update chain_transaction set message = ${to}
        where operation_id = ${operation}::uuid`;
  });

const heldOf = async ({ books }: OwnerDesk, client: string) =>
  (await clientBalances(books.web, { client }))[0]?.held;

/** What a pass says that it waits for. */
async function waitsOf(desk: OwnerDesk, intent: WithdrawalIntent): Promise<string[]> {
  const said: string[] = [];
  const context = { ...desk.context, waits: ({ code }: WaitReason) => void said.push(code) };
  expect(await settle(await rowAt(desk, intent.operation), intent, context)).toBe(false);
  return said;
}

describe('a payment on Bitcoin whose unsigned bytes on record were changed after it was sent', () => {
  let desk: BitcoinDesk;
  const clients = Array.from({ length: 8 }, (_, at) => `C-${1001 + at}`);
  const outside = () => outsideOf(desk.key);
  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients, suite });
    for (const client of clients) {
      await desk.control.deposit(addressOfOwner(desk.key, client), COIN);
      await bookDeposit(desk, { client, asset: 'BTC', amount: COIN });
    }
    await desk.control.mine(2);
  });
  afterAll(() => desk.close());

  async function sent(client: string): Promise<{ intent: WithdrawalIntent; fee: bigint }> {
    const of = { client, asset: 'BTC', amount: COIN / 4n, to: outside() };
    const intent = await cosigned(desk, of);
    await begin(desk, intent);
    const [built] = (await rowAt(desk, intent.operation)).transactions;
    const { fee } = decodeForOwner(desk.key, client, built?.message ?? new Uint8Array());
    await signNewest(desk, intent);
    return { intent, fee: BigInt(fee) };
  }

  /** Another payment of the same account, from the same coins. */
  async function changeToAnother(intent: WithdrawalIntent): Promise<void> {
    const [signed] = (await rowAt(desk, intent.operation)).transactions;
    const account = bitcoinContextOf(desk.key, intent.client);
    const other = buildPayment({
      account,
      coins: coinsSpentBy(signed?.message ?? new Uint8Array(), account),
      to: outside(),
      amount: COIN / 8n,
      rate: 50_000n,
      highestFee: 1_000_000n,
      replaces: null,
    });
    if (!other.ok) throw new Error(other.refusal);
    await change(desk, intent, new Uint8Array(other.unsigned));
  }

  it('is settled by the bytes that were signed, at the fee that it took', async () => {
    const { intent, fee } = await sent('C-1001');
    await send(desk, intent);
    await change(desk, intent);
    desk.passTime(100_000);
    expect(await waitsOf(desk, intent)).toEqual(['not-in-block', 'record-changed']);
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    expect((await clientBalances(desk.books.web, { client: 'C-1001' }))[0]).toMatchObject({
      posted: String(COIN - COIN / 4n - fee),
      held: '0',
    });
  });

  it('is settled so as well where they were changed into another payment of the account', async () => {
    const client = 'C-1004';
    const { intent, fee } = await sent(client);
    await send(desk, intent);
    await changeToAnother(intent);
    desk.passTime(100_000);
    expect(await waitsOf(desk, intent)).toEqual(['not-in-block', 'record-changed']);
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    expect((await clientBalances(desk.books.web, { client }))[0]).toMatchObject({
      posted: String(COIN - COIN / 4n - fee),
      held: '0',
    });
  });

  it('is sent again where no node knows it, and then settled', async () => {
    const { intent } = await sent('C-1002');
    await desk.control.dropTransactions(1);
    await send(desk, intent);
    await change(desk, intent);
    desk.passTime(10_000);
    expect(await settleOnce(desk, intent)).toBe(false);
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
  });

  it('is asked of no party where shares are out for the one that was built, and is held by name', async () => {
    const client = 'C-1005';
    const of = { client, asset: 'BTC', amount: COIN / 4n, to: outside() };
    const intent = await cosigned(desk, of);
    await begin(desk, intent);
    await releaseNewest(desk, intent);
    await changeToAnother(intent);
    const row = await rowAt(desk, intent.operation);
    expect(await signWithdrawal(row, intent, desk.context)).toBe(true);
    expect(await rowAt(desk, intent.operation)).toMatchObject({
      state: 'held',
      stopCode: 'transaction-not-a-transfer',
      stopSentence: expect.stringContaining('not-what-was-signed') as string,
    });
    expect(await heldOf(desk, client)).not.toBe('0');
  });

  /** Sent, and then built anew at a higher fee; shares for that are out, and who has them put it together. */
  async function replacedElsewhere(client: string, isLost = false) {
    const { intent } = await sent(client);
    // It is sent once more before it is replaced.
    if (isLost) await desk.control.dropTransactions(2);
    await send(desk, intent);
    desk.passTime(100_000);
    const { bitcoin } = desk.context;
    if (!bitcoin) throw new Error('These books have a node.');
    const dear = { ...desk.context, bitcoin: { ...bitcoin, feeRate: async () => 20_000n } };
    expect(await settle(await rowAt(desk, intent.operation), intent, dear)).toBe(true);
    return { intent, ...(await releaseNewest(desk, intent)) };
  }

  it.each([
    ['C-1006', false],
    ['C-1007', true],
  ])(
    'is settled by its replacement that others put together, by its id; %s, the bytes of both changed: %s',
    async (client, isChanged) => {
      const { intent, raw, txid, id } = await replacedElsewhere(client);
      if (isChanged) await change(desk, intent);
      expect((await desk.node.send(raw)).outcome).toBe('accepted');
      await desk.control.mine(1);
      expect(await settleOnce(desk, intent)).toBe(false);
      await desk.control.mine(1);
      expect(await settledTo(desk, intent)).toBeNull();
      expect(await settledTo(desk, intent)).toBe('confirmed');
      const { transactions } = await rowAt(desk, intent.operation);
      const ran = transactions.find((one) => one.id === id);
      expect(ran).toMatchObject({ phase: 'confirmed', txid });
      expect(ran?.raw && readTransaction(ran.raw).txid).toBe(txid);
      expect(transactions.filter(({ phase }) => phase === 'failed')).toHaveLength(1);
      expect(await heldOf(desk, client)).toBe('0');
    },
  );

  it('is held by the name of what a stranger made, where the replacement that shares are out for can’t run either', async () => {
    const client = 'C-1008';
    const { intent, txid } = await replacedElsewhere(client, true);
    const by = await takeBitcoin(desk, { client, to: outside(), amount: COIN / 4n });
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('held');
    const row = await rowAt(desk, intent.operation);
    expect(row.stopCode).toBe('transaction-superseded');
    expect(row.stopSentence).toContain(by);
    expect(row.stopSentence).not.toContain('a signature of that may exist');
    expect(row.transactions.map(({ phase }) => phase)).toEqual(['failed', 'failed']);
    expect(txid).not.toBe(by);
  });

  it('is held by name where a stranger spent its coin', async () => {
    const { intent } = await sent('C-1003');
    await desk.control.dropTransactions(1);
    await send(desk, intent);
    await change(desk, intent);
    await takeBitcoin(desk, { client: 'C-1003', to: outside(), amount: COIN / 4n });
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('held');
    expect((await rowAt(desk, intent.operation)).stopCode).toBe('transaction-superseded');
    expect(await heldOf(desk, 'C-1003')).not.toBe('0');
  });
});

describe('a transfer on Ethereum whose unsigned bytes on record were changed after it was sent', () => {
  let desk: EthereumDesk;
  const clients = ['C-1001', 'C-1002'];
  beforeAll(async () => {
    desk = await openEthereumDesk({ clients });
    for (const client of clients) {
      const hash = await desk.control.deposit(addressOfOwner(desk.key, client), ETHER);
      await bookDeposit(desk, { client, asset: 'ETH', amount: ETHER });
      await until('a deposit is there', () => desk.node.getReceipt(hash));
    }
  });
  afterAll(() => desk.close());

  const raised = (client: string) =>
    cosigned(desk, { client, asset: 'ETH', amount: ETHER / 4n, to: freshKey().address });

  it('is replaced by nothing and says why, and is settled once a block holds it', async () => {
    await desk.control.pauseMining(true);
    const intent = await raised('C-1001');
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    await change(desk, intent);
    desk.passTime(200_000);
    expect(await waitsOf(desk, intent)).toEqual(['not-in-block', 'record-changed']);
    await desk.control.pauseMining(false);
    const [sent] = (await rowAt(desk, intent.operation)).transactions;
    // Until then the node's answers may be of two moments, which by the desk's clock is long after it was sent.
    await until('it is in a block', () => desk.node.getReceipt(sent?.txid ?? ''));
    await until('it is settled', () => settledTo(desk, intent));
    expect((await rowAt(desk, intent.operation)).state).toBe('confirmed');
  });

  it('is held, and says what may have run, where a replacement of which a share may be out can’t be read', async () => {
    const client = 'C-1002';
    await desk.control.pauseMining(true);
    const intent = await raised(client);
    await begin(desk, intent);
    await signNewest(desk, intent);
    // It is sent once more before it is replaced.
    await desk.control.dropTransactions(2);
    await send(desk, intent);
    desk.passTime(200_000);
    expect(await settleOnce(desk, intent)).toBe(true);
    await desk.books.worker.chainTransaction.updateMany({
      where: { operationId: intent.operation, phase: 'built' },
      data: { phase: 'releasing' },
    });
    await change(desk, intent);
    await desk.control.pauseMining(false);
    const by = await takeEther(desk, {
      client,
      to: freshKey().address,
      amount: ETHER / 2n,
      token: null,
    });
    await until('it is in a block', () => desk.node.getReceipt(by));
    // Final at once: by the desk's clock it was sent long ago.
    await desk.control.mine(100);
    expect(await settledTo(desk, intent)).toBe('held');
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.stopCode]).toEqual(['held', 'transaction-superseded']);
    expect(row.stopSentence).toContain('a signature of that may exist');
    expect(row.transactions.map(({ phase }) => phase)).toEqual(['failed', 'failed']);
    expect(await heldOf(desk, client)).not.toBe('0');
  });
});
