/** From a key ceremony for a taproot vault to a payment that the chain has confirmed, by whole parties. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { startBitcoin, type BitcoinChain } from '../testing/running-chains.ts';
import { OwnerDeposits } from './deposits/owner-deposits.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';

const client = 'C-1001';
const outside = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
let chain: BitcoinChain;
let desk: PartyDesk;
const deposits = new OwnerDeposits();

beforeAll(async () => {
  chain = await startBitcoin();
  desk = await openPartyDesk(
    { nodes: { bitcoin: [`esplora:${chain.url}`] } },
    {
      solana: createSolanaClient('http://127.0.0.1:1'),
      feePayer: freshKey(),
      bitcoin: chain.node,
    },
  );
  await desk.owner.client.create({ data: { id: client } });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await chain.close();
});

const asking = () => desk.people.ada.actor;

async function makeVault(vault: string): Promise<string> {
  const prepared = await prepareKeyCeremony(
    asking(),
    { operation: randomUUID(), vault, name: vault, tier: 'hot', chain: BITCOIN_REGTEST },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('done');
  return (await desk.owner.vault.findUniqueOrThrow({ where: { id: vault } })).address;
}

async function list(address: string): Promise<string> {
  const prepared = await prepareDestination(
    asking(),
    {
      operation: randomUUID(),
      client,
      chain: BITCOIN_REGTEST,
      asset: 'BTC',
      address,
      label: 'Exchange',
      class: 'exchange',
    },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  for (let turn = 0; turn < 3; turn += 1) {
    if ((await advance(desk, operation)) === 'done') break;
    desk.passTime(10_000);
  }
  const row = await desk.owner.destination.findFirstOrThrow({ where: { address } });
  desk.passTime(10_000);
  return row.id;
}

describe('a taproot vault', () => {
  it('gets its key from the parties, and every client an address of their own in it', async () => {
    expect(await makeVault('hot-btc')).toMatch(/^bcrt1p/);
    await keepVaultAccounts(desk.worker);
    const accounts = await desk.owner.vaultAccount.findMany({ where: { clientId: client } });
    expect(accounts.map(({ branch }) => branch).toSorted()).toEqual(['change', 'receive']);
  });

  it('pays a client out of what came to their address, signed by the parties, fee and change theirs', async () => {
    const { address } = await desk.owner.vaultAccount.findFirstOrThrow({
      where: { clientId: client, branch: 'receive' },
    });
    await deposits.look(desk.worker);
    for (const amount of [30_000_000n, 20_000_000n]) await chain.control.deposit(address, amount);
    await chain.control.mine(2);
    await deposits.look(desk.worker);
    expect(await clientBalances(desk.owner, { client })).toMatchObject([
      { asset: 'BTC', posted: '50000000' },
    ]);
    const destination = await list(outside);
    const prepared = await prepareWithdrawal(
      asking(),
      {
        operation: randomUUID(),
        client,
        vault: 'hot-btc',
        destination,
        asset: 'BTC',
        amount: '0.4',
        memo: '',
        reason: 'Asked for by the client',
      },
      desk.context,
    );
    if (!prepared.ok || prepared.value.outcome !== 'sign')
      throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
    expect(prepared.value.intent.feeBearer).toBe(client);
    const operation = await stateAll(desk, {
      ok: true,
      value: { request: prepared.value.request },
    });
    expect(await advance(desk, operation)).toBe('broadcast');
    await chain.control.mine(2);
    expect(await advance(desk, operation)).toBe('confirmed');
    const [balance] = await clientBalances(desk.owner, { client });
    const left = BigInt(balance?.posted ?? 0);
    expect(left).toBeLessThan(10_000_000n);
    expect(left).toBeGreaterThan(9_900_000n);
    // What the books say is there is what the chain says is there.
    const change = await desk.owner.vaultAccount.findFirstOrThrow({
      where: { clientId: client, branch: 'change' },
    });
    const coins = await desk.worker.bitcoin?.utxos(change.address);
    expect(coins?.map(({ amount }) => amount)).toEqual([left]);
  });
});
