/** From a key ceremony with its pairs to tokens that the chain has moved, by whole parties. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import {
  ETHER,
  EURO,
  freshKey as freshEther,
  SANDBOX_CHAIN,
  until,
} from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import { keyWorkOf } from '../progress/find-waits.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { startEthereum, type EthereumChain } from '../testing/running-chains.ts';
import { OwnerDeposits } from './deposits/owner-deposits.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';

const client = 'C-1001';
let chain: EthereumChain;
let desk: PartyDesk;
const deposits = new OwnerDeposits();

beforeAll(async () => {
  chain = await startEthereum();
  desk = await openPartyDesk(
    { nodes: { ethereum: [chain.url] } },
    {
      solana: createSolanaClient('http://127.0.0.1:1'),
      feePayer: freshKey(),
      ethereum: chain.node,
    },
  );
  await desk.owner.client.create({ data: { id: client } });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await chain.close();
});

const asking = () => desk.people.ada.actor;

async function list(address: string, asset: string): Promise<string> {
  const prepared = await prepareDestination(
    asking(),
    {
      operation: randomUUID(),
      client,
      chain: SANDBOX_CHAIN,
      asset,
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
  desk.passTime(10_000);
  return (await desk.owner.destination.findFirstOrThrow({ where: { address } })).id;
}

describe('an Ethereum vault', () => {
  it('gets an ECDSA key and its pairs from the parties', async () => {
    const prepared = await prepareKeyCeremony(
      asking(),
      { operation: randomUUID(), vault: 'eth-1', name: 'Eth 1', tier: 'hot', chain: SANDBOX_CHAIN },
      desk.context,
    );
    const operation = await stateAll(desk, prepared);
    valueOf(await decide(desk, 'sofia', operation, 'cosign'));
    expect(await advance(desk, operation)).toBe('done');
    const vault = await desk.owner.vault.findUniqueOrThrow({
      where: { id: 'eth-1' },
      include: { key: true },
    });
    expect([vault.address.slice(0, 2), vault.key.suite]).toEqual([
      '0x',
      'DKLS23-secp256k1-SHA256-v1',
    ]);
    const { progress, attempt } = await desk.owner.operation.findUniqueOrThrow({
      where: { id: operation },
      include: { progress: true },
    });
    expect(keyWorkOf({ progress, attempt })).toMatchObject({
      state: 'through',
      pairs: { done: 3, of: 3 },
    });
  }, 120_000);

  it('pays tokens out of the client’s own account, signed by the parties, gas the client’s', async () => {
    await keepVaultAccounts(desk.worker);
    const { address } = await desk.owner.vaultAccount.findFirstOrThrow({
      where: { clientId: client },
    });
    await deposits.look(desk.worker);
    await chain.control.deposit(address, ETHER / 10n);
    await chain.control.depositToken(address, 400n * EURO);
    await until('both deposits are credited', async () => {
      await deposits.look(desk.worker);
      return (await desk.owner.deposit.count()) === 2;
    });
    const to = freshEther().address;
    const destination = await list(to, 'EURC');
    const prepared = await prepareWithdrawal(
      asking(),
      {
        operation: randomUUID(),
        client,
        vault: 'eth-1',
        destination,
        asset: 'EURC',
        amount: '150',
        memo: '',
        reason: 'Asked for by the client',
      },
      desk.context,
    );
    if (!prepared.ok || prepared.value.outcome !== 'sign')
      throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
    const operation = await stateAll(desk, {
      ok: true,
      value: { request: prepared.value.request },
    });
    await until('the transfer is confirmed', async () => {
      const state = await advance(desk, operation);
      return state === 'confirmed' || state === 'held' || state === 'failed';
    });
    const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    expect([row.state, row.stopCode]).toEqual(['confirmed', null]);
    const balances = Object.fromEntries(
      (await clientBalances(desk.owner, { client })).map(({ asset, posted }) => [asset, posted]),
    );
    expect(balances['EURC']).toBe(String(250n * EURO));
    expect(balances['ETH']).toBe(String(await chain.node.getBalance(address, 'latest')));
  }, 120_000);
});
