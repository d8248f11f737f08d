import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOfOwner, decodeForOwner } from '#lib/chains/account-context.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { clientBalances, journalPage } from '#lib/ledger/queries.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { ETHER, EURO, freshKey, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  rowAt,
  send,
  settledTo,
  settleOnce,
  signNewest,
} from '../../testing/owner-desk.ts';
import { takeEther } from '../../testing/owner-theft.ts';
import { openEthereumDesk, type EthereumDesk } from '../../testing/running-desk.ts';

let desk: EthereumDesk;

beforeAll(async () => {
  desk = await openEthereumDesk({
    clients: Array.from({ length: 11 }, (_, at) => `C-${1_001 + at}`),
  });
});
beforeEach(() => desk.control.pauseMining(false));
afterAll(() => desk.close());

async function fund(client: string, ether: bigint, euro = 0n): Promise<void> {
  const account = addressOfOwner(desk.key, client);
  const sent = [await desk.control.deposit(account, ether)];
  await bookDeposit(desk, { client, asset: 'ETH', amount: ether });
  if (euro > 0n) {
    sent.push(await desk.control.depositToken(account, euro));
    await bookDeposit(desk, { client, asset: 'EURC', amount: euro });
  }
  for (const hash of sent) await until('a deposit is there', () => desk.node.getReceipt(hash));
}

const wanted = (client: string, asset: string, amount: bigint) => ({
  client,
  asset,
  amount,
  to: freshKey().address,
});

async function carry(intent: WithdrawalIntent): Promise<void> {
  expect(await begin(desk, intent)).toBe(true);
  await signNewest(desk, intent);
  expect(await send(desk, intent)).toBe(true);
  await until('the transfer is final', () => settledTo(desk, intent));
}

const balanceOf = async (client: string, asset: string) =>
  (await clientBalances(desk.books.web, { client })).find((row) => row.asset === asset);

describe('a withdrawal from an Ethereum vault', () => {
  it('of ether leaves the client’s own account, which pays what the network really took', async () => {
    await fund('C-1001', ETHER);
    const intent = await cosigned(desk, wanted('C-1001', 'ETH', ETHER / 4n));
    await carry(intent);
    const row = await rowAt(desk, intent.operation);
    expect(row.state).toBe('confirmed');
    const receipt = await desk.node.getReceipt(row.transactions[0]?.txid ?? '');
    if (!receipt) throw new Error('There is no receipt.');
    const fee = receipt.gasUsed * receipt.effectiveGasPrice;
    const left = ETHER - ETHER / 4n - fee;
    expect(await balanceOf('C-1001', 'ETH')).toMatchObject({ posted: String(left), held: '0' });
    expect(await desk.node.getBalance(addressOfOwner(desk.key, 'C-1001'), 'latest')).toBe(left);
    expect(await desk.node.getBalance(intent.destination.address, 'latest')).toBe(ETHER / 4n);
  });

  it('of tokens takes the fee in ether from the same client, and shows it', async () => {
    await fund('C-1002', ETHER / 10n, 500n * EURO);
    const intent = await cosigned(desk, wanted('C-1002', 'EURC', 120n * EURO));
    await carry(intent);
    expect(await balanceOf('C-1002', 'EURC')).toMatchObject({
      posted: String(380n * EURO),
      held: '0',
    });
    const ether = await balanceOf('C-1002', 'ETH');
    expect(BigInt(ether?.posted ?? 0)).toBeLessThan(ETHER / 10n);
    expect(ether?.held).toBe('0');
    expect(await desk.node.getBalance(addressOfOwner(desk.key, 'C-1002'), 'latest')).toBe(
      BigInt(ether?.posted ?? 0),
    );
  });

  it('waits for the one before it, so nothing is ever numbered behind what is held', async () => {
    await fund('C-1003', ETHER);
    const [first, second] = await Promise.all([
      cosigned(desk, wanted('C-1003', 'ETH', ETHER / 10n)),
      cosigned(desk, wanted('C-1003', 'ETH', ETHER / 10n)),
    ]);
    const began = await Promise.all([begin(desk, first), begin(desk, second)]);
    expect(began.filter(Boolean)).toHaveLength(1);
    const [ahead, behind] = began[0] ? [first, second] : [second, first];
    await signNewest(desk, ahead);
    await send(desk, ahead);
    await until('the first is final', () => settledTo(desk, ahead));
    await carry(behind);
    const nonces = await Promise.all(
      [ahead, behind].map(
        async ({ operation }) => (await rowAt(desk, operation)).transactions[0]?.conflictKey,
      ),
    );
    expect(nonces.map((key) => key?.split(':').at(-1))).toEqual(['0', '1']);
  });

  it('that waits for the fee to fall does not keep the number from the account’s other transfers', async () => {
    const client = 'C-1010';
    await fund(client, ETHER);
    const of = wanted(client, 'ETH', ETHER / 10n);
    const cheap = await cosigned(desk, { ...of, highestFee: 21_000n });
    expect(await begin(desk, cheap)).toBe(false);
    await carry(await cosigned(desk, wanted(client, 'ETH', ETHER / 10n)));
    const row = await rowAt(desk, cheap.operation);
    expect([row.state, row.transactions]).toEqual(['cosigned', []]);
  });

  it('is never built with a number that another worker gave back, and another transfer took, meanwhile', async () => {
    const client = 'C-1011';
    await fund(client, ETHER);
    const first = await cosigned(desk, wanted(client, 'ETH', ETHER / 10n));
    const second = await cosigned(desk, wanted(client, 'ETH', ETHER / 10n));
    const asking = (changed: Partial<EthereumClient>) => ({
      ...desk,
      context: { ...desk.context, ethereum: { ...desk.node, ...changed } },
    });
    const dear = asking({
      getFeeMarket: async () => ({
        ...(await desk.node.getFeeMarket()),
        baseFees: [10n ** 15n],
      }),
    });
    let isFirst = true;
    const isSlow = asking({
      getBalance: async (...asked) => {
        if (isFirst) {
          isFirst = false;
          expect(await begin(dear, first)).toBe(false);
          expect(await begin(desk, second)).toBe(true);
        }
        return desk.node.getBalance(...asked);
      },
    });
    expect(await begin(isSlow, first)).toBe(false);
    const row = await rowAt(desk, first.operation);
    expect([row.state, row.transactions]).toEqual(['cosigned', []]);
    await signNewest(desk, second);
    await send(desk, second);
    await until('the other one is final', () => settledTo(desk, second));
    await carry(first);
  });

  it('waits where its node, being behind, gives out a number that a confirmed one used', async () => {
    await fund('C-1009', ETHER);
    await carry(await cosigned(desk, wanted('C-1009', 'ETH', ETHER / 10n)));
    const second = await cosigned(desk, wanted('C-1009', 'ETH', ETHER / 10n));
    const getNonce: EthereumClient['getNonce'] = async (account, place) =>
      (await desk.node.getNonce(account, place)) - 1n;
    const behind = { ...desk, context: { ...desk.context, ethereum: { ...desk.node, getNonce } } };
    expect(await begin(behind, second)).toBe(false);
    expect((await rowAt(desk, second.operation)).transactions).toEqual([]);
    await carry(second);
  });

  it('that does not move is replaced by one that pays more for the same, and counts once', async () => {
    await fund('C-1004', ETHER);
    await desk.control.pauseMining(true);
    const intent = await cosigned(desk, wanted('C-1004', 'ETH', ETHER / 10n));
    expect(await begin(desk, intent)).toBe(true);
    const before = await signNewest(desk, intent);
    await send(desk, intent);
    expect(await settleOnce(desk, intent)).toBe(false);
    expect((await rowAt(desk, intent.operation)).transactions).toHaveLength(1);
    desk.passTime(200_000);
    expect(await settleOnce(desk, intent)).toBe(true);
    const [one, two] = (await rowAt(desk, intent.operation)).transactions
      .toSorted((a, b) => a.replacement - b.replacement)
      .map(({ message }) => decodeForOwner(desk.key, 'C-1004', message));
    expect(BigInt(two?.fee ?? 0)).toBeGreaterThan(BigInt(one?.fee ?? 0));
    expect({ ...two, fee: '', details: '', parts: '' }).toEqual({
      ...one,
      fee: '',
      details: '',
      parts: '',
    });
    const after = await signNewest(desk, intent);
    expect(after).not.toBe(before);
    expect(await settleOnce(desk, intent)).toBe(true);
    await desk.control.pauseMining(false);
    // Until then the node's answers may be of two moments, which by the desk's clock is long after it was sent.
    const receipts = () => Promise.all([before, after].map((hash) => desk.node.getReceipt(hash)));
    await until('one of them is in a block', async () => (await receipts()).some(Boolean));
    await until('one of them is final', () => settledTo(desk, intent));
    const row = await rowAt(desk, intent.operation);
    expect(row.state).toBe('confirmed');
    expect(row.transactions.map(({ phase }) => phase).toSorted()).toEqual(['confirmed', 'failed']);
    const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
    expect(journals).toHaveLength(1);
  });

  it('is settled by the replacement that ran, also where it is not on record as sent', async () => {
    await fund('C-1005', ETHER);
    await desk.control.pauseMining(true);
    const intent = await cosigned(desk, wanted('C-1005', 'ETH', ETHER / 10n));
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    desk.passTime(200_000);
    await settleOnce(desk, intent);
    const after = await signNewest(desk, intent);
    const { transactions } = await rowAt(desk, intent.operation);
    const raw = transactions.find(({ txid }) => txid === after)?.raw;
    // As after a crash between sending and writing it down.
    await desk.node.sendTransaction(raw ?? new Uint8Array());
    await desk.control.pauseMining(false);
    // Settled before its block is there, it would be sent first and be on record as sent.
    await until('it is in a block', () => desk.node.getReceipt(after));
    await until('it is settled', () => settledTo(desk, intent));
    const row = await rowAt(desk, intent.operation);
    expect(row.state).toBe('confirmed');
    expect(row.transactions.find(({ phase }) => phase === 'confirmed')).toMatchObject({
      txid: after,
      broadcastAt: null,
    });
  });

  it('that the parties signed twice is settled by whichever ran, as one of ours', async () => {
    const client = 'C-1006';
    await fund(client, ETHER);
    const intent = await cosigned(desk, wanted(client, 'ETH', ETHER / 4n));
    await begin(desk, intent);
    const first = await signNewest(desk, intent);
    const [{ message } = { message: new Uint8Array() }] = (await rowAt(desk, intent.operation))
      .transactions;
    const [signature = new Uint8Array()] = desk.sign(client, message, new Uint8Array(32).fill(7));
    const twin = assemble(message, signature, addressOfOwner(desk.key, client));
    expect(twin.hash).not.toBe(first);
    expect(await desk.node.sendTransaction(twin.raw)).toMatchObject({ outcome: 'accepted' });
    await until('it is in a block', () => desk.node.getReceipt(twin.hash));
    await send(desk, intent);
    await until('it is settled', () => settledTo(desk, intent));
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.stopCode]).toEqual(['confirmed', null]);
    expect(row.transactions.toSorted((a, b) => a.replacement - b.replacement)).toMatchObject([
      { txid: first, phase: 'failed', error: `superseded by ${twin.hash}` },
      { txid: twin.hash, phase: 'confirmed' },
    ]);
    const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
    expect(journals.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect(await balanceOf(client, 'ETH')).toMatchObject({ held: '0' });
    expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(0);
  });

  it('whose number somebody else with the key used is held, whatever that one does', async () => {
    const client = 'C-1007';
    await fund(client, ETHER);
    const intent = await cosigned(desk, wanted(client, 'ETH', ETHER / 4n));
    await begin(desk, intent);
    await signNewest(desk, intent);
    const by = await takeEther(desk, {
      client,
      to: intent.destination.address,
      amount: ETHER / 4n + 1n,
      token: null,
    });
    await until('it is in a block', () => desk.node.getReceipt(by));
    await send(desk, intent);
    await until('it is held', () => settledTo(desk, intent));
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.stopCode]).toEqual(['held', 'transaction-superseded']);
    expect(row.transactions).toMatchObject([{ error: `superseded by ${by}` }]);
  });

  it('of tokens that the token refused costs its fee in ether, and nothing of the tokens', async () => {
    const client = 'C-1008';
    await fund(client, ETHER / 10n, 500n * EURO);
    const account = addressOfOwner(desk.key, client);
    const intent = await cosigned(desk, wanted(client, 'EURC', 120n * EURO));
    await desk.control.pauseMining(true);
    await begin(desk, intent);
    await signNewest(desk, intent);
    await desk.control.breakToken(true);
    await send(desk, intent);
    await desk.control.pauseMining(false);
    await until('it is settled', () => settledTo(desk, intent));
    await desk.control.breakToken(false);
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.stopCode]).toEqual(['failed', 'transaction-failed']);
    expect(row.stopSentence).toContain('the network took its fee from the client’s account');
    const receipt = await desk.node.getReceipt(row.transactions[0]?.txid ?? '');
    if (!receipt) throw new Error('There is no receipt.');
    expect(receipt.status).toBe('0x0');
    const fee = receipt.gasUsed * receipt.effectiveGasPrice;
    expect(fee).toBeGreaterThan(0n);
    expect(await balanceOf(client, 'EURC')).toMatchObject({
      posted: String(500n * EURO),
      held: '0',
    });
    const left = ETHER / 10n - fee;
    expect(await balanceOf(client, 'ETH')).toMatchObject({ posted: String(left), held: '0' });
    expect(await desk.node.getBalance(account, 'latest')).toBe(left);
    expect(await desk.node.getTokenBalance(EURC_SANDBOX, account, 'latest')).toBe(500n * EURO);
    const { journals } = await journalPage(desk.books.web, { operation: intent.operation });
    expect(journals.map(({ kind }) => kind)).toEqual(['network-fee']);
    expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(0);
  });

  it('is held by name when the account lacks what the books say it has', async () => {
    await bookDeposit(desk, { client: 'C-1001', asset: 'ETH', amount: 5n * ETHER });
    const intent = await cosigned(desk, wanted('C-1001', 'ETH', 5n * ETHER));
    expect(await begin(desk, intent)).toBe(true);
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.transactions.length]).toEqual(['held', 0]);
    expect(['account-short', 'transaction-would-fail']).toContain(row.stopCode);
    expect(await desk.books.worker.chainLease.count({ where: { operationId: row.id } })).toBe(0);
  });
});
