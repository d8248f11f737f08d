/** Books against chains on which every owner has an account: the Bitcoin stand-in and a real Ethereum node. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { agreeingSource } from '#lib/chains/bitcoin/client/agreeing-source.ts';
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { OwnerDeposits } from '#lib/operations/execution/deposits/owner-deposits.ts';
import { keepVaultAccounts } from '#lib/operations/execution/keep-vault-accounts.ts';
import {
  begin,
  cosigned,
  ownerVault,
  send,
  settledTo,
  signNewest,
  type OwnerDesk,
} from '#lib/operations/testing/owner-desk.ts';
import { takeBitcoin, takeEther } from '#lib/operations/testing/owner-theft.ts';
import {
  openBitcoinDesk,
  openEthereumDesk,
  outsideOf,
  type BitcoinDesk,
  type EthereumDesk,
} from '#lib/operations/testing/running-desk.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ETHER, EURO, freshKey, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { chainSource } from '../sources/chain-source.ts';
import { answerRequest } from './answer-request.ts';
import { requestRuns } from './request-runs.ts';

const clients = ['C-1001', 'C-1002'];
const COIN = 100_000_000n;

/** Compares everything as the worker does. */
async function compareAll(desk: OwnerDesk, nodes: Partial<Parameters<typeof chainSource>[0]> = {}) {
  desk.passTime(1_000);
  const { context } = desk;
  const id = await inTransaction(context.db, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, context.clock()),
  );
  const chains = chainSource({ ...context, ...nodes });
  // These books have a vault on Solana as well, and no node of it.
  const places = async () =>
    (await chains.places()).filter(({ place }) => place.place === ownerVault);
  const sources = [{ ...chains, places }];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { ...context, sources });
  const { fault } = await context.db.reconciliationRequest.findUniqueOrThrow({ where: { id } });
  const runs = await context.db.reconciliationRun.findMany({
    where: { requestId: id, kind: 'chain' },
    orderBy: { asset: 'asc' },
  });
  return { fault, runs: runs.map(({ asset, matched, breaks }) => ({ asset, matched, breaks })) };
}

const openBreaks = async ({ context }: OwnerDesk) =>
  (await context.db.breakRecord.findMany({ where: { state: { not: 'closed' } } })).map(
    ({ asset, cause, subject, amount }) => ({ asset, cause, subject, amount: amount.toFixed(0) }),
  );

describe('books and Bitcoin', () => {
  let desk: BitcoinDesk;
  const deposits = new OwnerDeposits();
  const look = () => deposits.look(desk.context);
  const outside = () => outsideOf(desk.key);

  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    await keepVaultAccounts(desk.context);
    await look();
  });
  afterAll(() => desk.close());

  it('agree over what every owner’s addresses hold, while a payment is on its way and after it', async () => {
    for (const client of clients)
      await desk.control.deposit(addressOfOwner(desk.key, client), COIN);
    await desk.control.mine(2);
    await look();
    expect(await compareAll(desk)).toEqual({
      fault: null,
      runs: [{ asset: 'BTC', matched: 2, breaks: 0 }],
    });
    const intent = await cosigned(desk, {
      client: 'C-1001',
      asset: 'BTC',
      amount: COIN / 4n,
      to: outside(),
    });
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    expect((await compareAll(desk)).runs).toMatchObject([{ breaks: 0 }]);
    await desk.control.mine(1);
    expect((await compareAll(desk)).runs).toMatchObject([{ breaks: 0 }]);
    await desk.control.mine(1);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    expect((await compareAll(desk)).runs).toEqual([{ asset: 'BTC', matched: 2, breaks: 0 }]);
    expect(await openBreaks(desk)).toEqual([]);
  });

  it('differ by a deposit that nobody booked, until it is', async () => {
    const txid = await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 7_000n);
    await desk.control.mine(2);
    expect((await compareAll(desk)).runs).toMatchObject([{ breaks: 1 }]);
    expect(await openBreaks(desk)).toEqual([
      {
        asset: 'BTC',
        cause: 'missing-in-ledger',
        subject: `transaction:${txid}`,
        amount: '7000',
      },
    ]);
    await look();
    await compareAll(desk);
    expect(await openBreaks(desk)).toEqual([]);
  });

  it('are not compared where a node leaves coins out, two nodes differ or none answers, and the run says so', async () => {
    const capped: BitcoinSource = {
      ...desk.node,
      coins: async (address) => ({ ...(await desk.node.coins(address)), isWhole: false }),
    };
    const refused = await compareAll(desk, { bitcoin: capped });
    expect(refused.runs).toEqual([]);
    expect(refused.fault).toMatch(/more coins than a node gives out/);
    const gone = createEsploraSource('http://127.0.0.1:1', { chain: BITCOIN_REGTEST });
    const away = await compareAll(desk, { bitcoin: gone });
    expect(away.fault).toMatch(/could not be read/);
    const differing = await compareAll(desk, { bitcoin: agreeingSource(desk.node, gone) });
    expect(differing.fault).toMatch(/two nodes/);
    const { bitcoin: _none, ...without } = desk.context;
    const unset = await compareAll({ ...desk, context: without });
    expect(unset.fault).toMatch(/No node of Bitcoin, sandbox is configured/);
  });

  it('differ by what was taken behind our back, by its id where change came back and by its amount where none did', async () => {
    const txid = await takeBitcoin(desk, { client: 'C-1002', to: outside(), amount: 1_000_000n });
    await desk.control.mine(2);
    await compareAll(desk);
    const found = await openBreaks(desk);
    expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([`transaction:${txid}`]));
    expect(found.map(({ amount }) => BigInt(amount))).toContain(-1_000_000n);
    const held = (await desk.node.coins(addressOfOwner(desk.key, 'C-1001', 'change'))).coins;
    const all = held.reduce((total, { amount }) => total + amount, 0n);
    await takeBitcoin(desk, { client: 'C-1001', to: outside(), amount: null });
    await desk.control.mine(2);
    await compareAll(desk);
    expect(await openBreaks(desk)).toContainEqual({
      asset: 'BTC',
      cause: 'unknown',
      subject: 'balance',
      amount: String(-all),
    });
  });
});

describe('books and Ethereum', () => {
  let desk: EthereumDesk;
  const deposits = new OwnerDeposits();

  beforeAll(async () => {
    desk = await openEthereumDesk({ clients });
    await keepVaultAccounts(desk.context);
    await deposits.look(desk.context);
  });
  afterAll(() => desk.close());

  const credited = (count: number) =>
    until('the deposits are credited', async () => {
      await deposits.look(desk.context);
      return (await desk.books.web.deposit.count()) === count;
    });
  const finalAt = async (hash: string): Promise<void> => {
    const { ethereum } = desk.context;
    await until('the transaction is final', async () => {
      await deposits.look(desk.context);
      const [receipt, final] = await Promise.all([
        ethereum?.getReceipt(hash),
        ethereum?.getBlock('finalized'),
      ]);
      return receipt && final && receipt.blockNumber <= final.number;
    });
  };

  it('have a place for each asset of the chain, also where nothing came yet', async () => {
    expect(await compareAll(desk)).toEqual({
      fault: null,
      runs: [
        { asset: 'ETH', matched: 0, breaks: 0 },
        { asset: 'EURC', matched: 0, breaks: 0 },
      ],
    });
  });

  it('agree over ether and tokens of every owner, the fee of a token’s transfer in ether', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), 2n * ETHER);
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), ETHER);
    await desk.control.depositToken(addressOfOwner(desk.key, 'C-1001'), 30n * EURO);
    await credited(3);
    expect(await compareAll(desk)).toEqual({
      fault: null,
      runs: [
        { asset: 'ETH', matched: 2, breaks: 0 },
        { asset: 'EURC', matched: 1, breaks: 0 },
      ],
    });
    for (const [asset, amount] of [
      ['ETH', ETHER / 4n],
      ['EURC', 5n * EURO],
    ] as const) {
      const to = freshKey().address;
      const intent = await cosigned(desk, { client: 'C-1001', asset, amount, to });
      expect(await begin(desk, intent)).toBe(true);
      await signNewest(desk, intent);
      await send(desk, intent);
      await until('it is final', () => settledTo(desk, intent));
    }
    await compareAll(desk);
    expect(await openBreaks(desk)).toEqual([]);
  });

  it('differ by a transfer behind our back, amount and fee by its hash, in the token and in ether', async () => {
    const hash = await takeEther(desk, {
      client: 'C-1001',
      to: freshKey().address,
      amount: 4n * EURO,
      token: EURC_SANDBOX,
    });
    await finalAt(hash);
    await compareAll(desk);
    expect(await openBreaks(desk)).toMatchObject([
      { cause: 'missing-in-ledger', subject: `transaction:${hash}` },
      { cause: 'missing-in-ledger', subject: `transaction:${hash}` },
    ]);
    expect(await openBreaks(desk)).toContainEqual(
      expect.objectContaining({ asset: 'EURC', amount: String(-4n * EURO) }),
    );
  });

  it('differ by ether that a contract sent on, which no transaction shows, as a balance nobody explains', async () => {
    const address = addressOfOwner(desk.key, 'C-1002');
    await finalAt(await desk.control.depositThroughContract(address, ETHER));
    await compareAll(desk);
    expect(await openBreaks(desk)).toContainEqual({
      asset: 'ETH',
      cause: 'unknown',
      subject: 'balance',
      amount: String(ETHER),
    });
  });

  it('are not compared where a token’s contract is not what our data say', async () => {
    const { ethereum } = desk.context;
    if (!ethereum) throw new Error('There is a node.');
    const other = {
      ...ethereum,
      checkToken: async () => ({ ok: false as const, fault: 'token-decimals-differ' as const }),
    };
    const refused = await compareAll(desk, { ethereum: other });
    expect(refused.runs.map(({ asset }) => asset)).toEqual(['ETH']);
    expect(refused.fault).toMatch(/token-decimals-differ/);
  });
});
