/**
 * Withdrawals of several clients under a random schedule: two workers take their steps at once, die in the middle of
 * them, hear answers late, twice or never; nodes lose what they took and break off after they took it; blocks come,
 * go and come otherwise; fees rise. Parties, database, chains and the worker's steps are the real ones.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/bitcoin/address.ts';
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { testKey } from '#lib/chains/bitcoin/testing/keys.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import {
  ETHER,
  freshKey as freshEther,
  SANDBOX_CHAIN,
} from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { randomFrom } from '#lib/sandbox/faults/testing/random.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { finalStates } from '../states.ts';
import { findFaults, Uses } from '../testing/faults/exactly-once.ts';
import { askToPay, listDestination, makeHotVault } from '../testing/faults/payers.ts';
import { Schedule, type Happening } from '../testing/faults/schedule.ts';
import { openPartyDesk, type PartyDesk } from '../testing/party-desk.ts';
import {
  startBitcoin,
  startEthereum,
  type BitcoinChain,
  type EthereumChain,
} from '../testing/running-chains.ts';
import { advanceOperation } from './advance-operation.ts';
import { OwnerDeposits } from './deposits/owner-deposits.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const asked = process.env['COUNTERSIGN_SEED'];
const FIRST_SEED = Number(asked ?? 20_261_130);
/** A seed that failed is repeated alone: COUNTERSIGN_SEED. */
const seeds = Array.from(
  { length: isLong && asked === undefined ? 30 : 1 },
  (_, place) => FIRST_SEED + place,
);
const STEPS = isLong ? 150 : 60;
const COIN = 100_000_000n;
const timeout = 300_000;

type Chain = {
  chain: string;
  vault: string;
  /** Clients whose withdrawals share an account, with what each asks for. */
  asks: { client: string; amount: string; units: bigint }[];
  asset: string;
  /** Where all of it goes. */
  to: string;
  happenings: readonly Happening[];
  /** Blocks until what waits is final. */
  mine: () => Promise<unknown>;
  /** Has the nodes do what they are told again. */
  calm: () => Promise<unknown>;
  /** In a block, by the node itself. */
  isInBlock: (txid: string) => Promise<boolean>;
  balanceOf: (addresses: readonly string[]) => Promise<bigint>;
};

let desk: PartyDesk;
let bitcoin: BitcoinChain;
let ethereum: EthereumChain;
/** What places in blocks cost on Bitcoin, as a multiple of what the stand-in says. */
let market = 1n;
/** Blocks by which the stand-in for Bitcoin shows less than it has. */
let behind = 0;
const deposits = new OwnerDeposits();
const uses = new Uses();

beforeAll(async () => {
  bitcoin = await startBitcoin();
  ethereum = await startEthereum();
  const feeRate: BitcoinSource['feeRate'] = async (blocks) => {
    const rate = await bitcoin.node.feeRate(blocks);
    return rate === null ? null : rate * market;
  };
  desk = await openPartyDesk(
    { nodes: { bitcoin: [`esplora:${bitcoin.url}`], ethereum: [ethereum.url] } },
    {
      solana: createSolanaClient('http://127.0.0.1:1'),
      feePayer: freshKey(),
      bitcoin: { ...bitcoin.node, feeRate },
      ethereum: ethereum.node,
    },
  );
  await makeHotVault(desk, 'hot-btc', BITCOIN_REGTEST);
  await makeHotVault(desk, 'hot-eth', SANDBOX_CHAIN);
  await deposits.look(desk.worker);
  await ethereum.control.pauseMining(true);
}, timeout);
afterAll(async () => {
  await desk.close();
  await bitcoin.close();
  await ethereum.close();
});

const addressesOf = async (client: string, vault: string): Promise<string[]> =>
  (await desk.owner.vaultAccount.findMany({ where: { clientId: client, vaultId: vault } })).map(
    ({ address }) => address,
  );

async function addClient(id: string, vault: string): Promise<string> {
  await desk.owner.client.create({ data: { id } });
  await keepVaultAccounts(desk.worker);
  const { address } = await desk.owner.vaultAccount.findFirstOrThrow({
    where: { clientId: id, vaultId: vault, branch: 'receive' },
  });
  await deposits.look(desk.worker);
  return address;
}

/** Two clients with coins of several sizes, each with three withdrawals that need some of them. */
async function bitcoinWith(seed: number): Promise<Chain> {
  const clients = [`C-${seed % 1_000_000}1`, `C-${seed % 1_000_000}2`];
  for (const client of clients) {
    const address = await addClient(client, 'hot-btc');
    for (const parts of [80n, 40n, 40n, 20n]) await bitcoin.control.deposit(address, COIN / parts);
  }
  await bitcoin.control.mine(4);
  await deposits.look(desk.worker);
  // A key that nobody else pays to, so that what lies there is what these withdrawals paid.
  const { publicKey } = testKey(`random-faults/${seed}`);
  const to = addressOf({ publicKey, kind: 'p2wpkh', chain: BITCOIN_REGTEST });
  const amounts = [3_000_000n, 2_000_000n, 2_500_000n];
  return {
    vault: 'hot-btc',
    chain: BITCOIN_REGTEST,
    asset: 'BTC',
    to,
    asks: clients.flatMap((client) =>
      amounts.map((units) => ({ client, units, amount: `0.${String(units).padStart(8, '0')}` })),
    ),
    happenings: [
      { name: 'a block of bitcoin', weight: 4, happen: () => bitcoin.control.mine(1) },
      {
        name: 'another newest block of bitcoin',
        weight: 1,
        happen: () => bitcoin.control.reorganize(1),
      },
      { name: 'bitcoin loses one', weight: 1, happen: () => bitcoin.control.dropTransactions(1) },
      { name: 'bitcoin breaks off', weight: 1, happen: () => bitcoin.control.hangUp(1) },
      {
        name: 'the node of bitcoin lags or catches up',
        weight: 1,
        happen: () => bitcoin.control.lag((behind = behind === 0 ? 1 : 0)),
      },
      { name: 'bitcoin costs more', weight: 1, happen: () => void (market = (market % 4n) + 1n) },
    ],
    mine: () => bitcoin.control.mine(1),
    calm: async () => {
      market = 1n;
      await bitcoin.control.dropTransactions(0);
      await bitcoin.control.hangUp(0);
      await bitcoin.control.lag(0);
      behind = 0;
    },
    isInBlock: async (txid) => Boolean((await bitcoin.node.transaction(txid))?.block),
    balanceOf: async (addresses) => {
      const coins = await Promise.all(addresses.map((address) => bitcoin.node.utxos(address)));
      return coins.flat().reduce((sum, { amount }) => sum + amount, 0n);
    },
  };
}

/** One account whose number all of its withdrawals need. */
async function ethereumWith(seed: number): Promise<Chain> {
  const client = `C-${seed % 1_000_000}3`;
  const address = await addClient(client, 'hot-eth');
  await ethereum.control.deposit(address, ETHER);
  await ethereum.control.mine(8);
  await deposits.look(desk.worker);
  const to = freshEther().address;
  return {
    vault: 'hot-eth',
    chain: SANDBOX_CHAIN,
    asset: 'ETH',
    to,
    asks: [1n, 2n, 3n].map((hundredths) => ({
      client,
      amount: `0.0${hundredths}`,
      units: (hundredths * ETHER) / 100n,
    })),
    happenings: [
      { name: 'a block of ethereum', weight: 4, happen: () => ethereum.control.mine(1) },
      { name: 'ethereum goes back', weight: 1, happen: () => ethereum.control.reorganise(1) },
      { name: 'ethereum loses one', weight: 1, happen: () => ethereum.control.dropTransactions(1) },
      { name: 'ethereum breaks off', weight: 1, happen: () => ethereum.control.hangUp(1) },
    ],
    mine: () => ethereum.control.mine(3),
    calm: async () => {
      await ethereum.control.dropTransactions(0);
      await ethereum.control.hangUp(0);
    },
    isInBlock: async (txid) => Boolean(await ethereum.node.getReceipt(txid)),
    balanceOf: async ([account = '']) => ethereum.node.getBalance(account, 'latest'),
  };
}

const around = (): Happening[] => [
  { name: 'time passes', weight: 2, happen: () => desk.passTime(6_000) },
  { name: 'minutes pass', weight: 1, happen: () => desk.passTime(200_000) },
  {
    name: 'a party comes or goes',
    weight: 1,
    happen: () => {
      desk.parties.custody.isReachable = !desk.parties.custody.isReachable;
    },
  },
];

/** Those that may still move by themselves. */
async function openOf(operations: readonly string[]): Promise<string[]> {
  const found = await desk.owner.operation.findMany({
    where: { id: { in: [...operations] }, state: { notIn: [...finalStates, 'held'] } },
    select: { id: true },
  });
  // In the order in which they were raised, so that a seed picks the same again.
  return operations.filter((id) => found.some((row) => row.id === id));
}

/** Takes everything on in peace until nothing moves any more. */
async function comeToRest(chain: Chain, operations: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 80; turn += 1) {
    for (const operation of operations)
      await advanceOperation(operation, desk.worker).catch(() => undefined);
    if ((await openOf(operations)).length === 0) return;
    await chain.mine();
    desk.passTime(7_000);
  }
}

describe.each([
  ['Bitcoin', bitcoinWith],
  ['Ethereum', ethereumWith],
] as const)('whatever fails, on %s', (_name, open) => {
  test.each(seeds)(
    'no coin and no number is in live transactions of two operations, each is paid once at most, and the books end up as the chain (COUNTERSIGN_SEED=%i)',
    { timeout },
    async (seed) => {
      const chain = await open(seed);
      const schedule = new Schedule(randomFrom(seed), desk.worker);
      const destinations = new Map<string, string>();
      for (const { client } of chain.asks)
        if (!destinations.has(client))
          destinations.set(
            client,
            await listDestination(desk, {
              client,
              chain: chain.chain,
              asset: chain.asset,
              address: chain.to,
            }),
          );
      const operations: string[] = [];
      for (const { client, amount } of chain.asks)
        operations.push(
          await askToPay(desk, {
            client,
            vault: chain.vault,
            destination: destinations.get(client) ?? '',
            asset: chain.asset,
            amount,
          }),
        );
      const happenings = [...chain.happenings, ...around()];
      for (let step = 0; step < STEPS; step += 1) {
        const open = await openOf(operations);
        if (open.length === 0) break;
        await schedule.next(open, happenings);
        const faults = await findFaults(desk.owner, uses);
        expect(faults, schedule.story.join('\n')).toEqual([]);
      }
      await chain.calm();
      desk.parties.custody.isReachable = true;
      await schedule.rest();
      await comeToRest(chain, operations);
      await expectRest(chain, operations, schedule);
    },
  );
});

async function expectRest(
  chain: Chain,
  operations: readonly string[],
  schedule: Schedule,
): Promise<void> {
  const told = `${schedule.story.join('\n')}\n${[...schedule.errors].map(([said, times]) => `${times} × ${said}`).join('\n')}`;
  const rows = await desk.owner.operation.findMany({
    where: { id: { in: [...operations] } },
    include: { transactions: true },
  });
  // An interruption is nobody's refusal, so nothing is held; all of it is paid.
  expect(
    rows.map(({ state, stopCode }) => [state, stopCode]),
    told,
  ).toEqual(operations.map(() => ['confirmed', null]));
  for (const { transactions } of rows) {
    const txids = transactions.flatMap(({ txid }) => (txid === null ? [] : [txid]));
    const inBlocks = await Promise.all(txids.map((txid) => chain.isInBlock(txid)));
    expect(inBlocks.filter(Boolean), told).toHaveLength(1);
  }
  const paid = chain.asks.reduce((sum, { units }) => sum + units, 0n);
  expect(await chain.balanceOf([chain.to]), told).toBe(paid);
  await deposits.look(desk.worker);
  expect(await findFaults(desk.owner, uses), told).toEqual([]);
  for (const client of new Set(chain.asks.map((ask) => ask.client))) {
    const balances = await clientBalances(desk.owner, { client });
    const own = balances.find(({ asset }) => asset === chain.asset);
    const lies = await chain.balanceOf(await addressesOf(client, chain.vault));
    expect(own, told).toMatchObject({ posted: String(lies), held: '0' });
  }
}
