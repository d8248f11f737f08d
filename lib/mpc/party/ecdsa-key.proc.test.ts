/** A key that signs with ECDSA, over its life in parties that are processes of their own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair } from '../client/key-repair.ts';
import { setUpPairs } from '../client/pair-setup.ts';
import { partyStatus } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { CLIENT } from '../testing/bitcoin.ts';
import {
  holdGenesis,
  must,
  removeAll,
  startParties,
  type Custody,
  type Vault,
} from '../testing/custody.ts';
import { etherAccount, etherTransfer, etherWithdrawal } from '../testing/ethereum.ts';
import { etherKey, keyRefreshIntent, keyRepairIntent } from '../testing/organisation.ts';
import { everyCap, openVaultOf } from '../testing/withdraw.ts';
import { openDatabase } from './store/database.ts';

let custody: Custody;
let vault: Vault;
let sent = 0n;

const clients = () => custody.parties.map(({ client }) => client);

beforeAll(async () => {
  custody = await startParties({ rules: everyCap });
  await holdGenesis(custody);
  vault = await openVaultOf(etherKey, custody, clients());
}, 120_000);
afterAll(() => removeAll(custody));

const sign = async () => {
  const transaction = etherTransfer(vault.destination.address, sent);
  sent += 1n;
  const bundle = custody.organisation.bundle(etherWithdrawal(vault.destination));
  const outcome = await signTransaction({ clients: clients().slice(0, 2), bundle, transaction });
  return { transaction, outcome };
};

async function signs(): Promise<void> {
  const { transaction, outcome } = await sign();
  const [signature = new Uint8Array()] = must(outcome).signatures;
  expect(() =>
    assemble(transaction.message, signature, etherAccount(vault.publicKey, CLIENT)),
  ).not.toThrow();
}

const statesOf = async (place: number): Promise<string[]> => {
  const [client] = clients().slice(place);
  if (!client) throw new Error('missing');
  return (must(await partyStatus(client)).keys[0]?.pairs ?? []).map(({ state }) => state);
};

async function restart(place: number): Promise<void> {
  const party = custody.parties[place];
  if (!party) throw new Error('missing');
  await party.kill();
  await party.start();
  await Promise.all(custody.parties.map((each) => each.heard()));
}

test('its ceremony ends with a pair for every two holders', async () => {
  for (const place of [0, 1, 2]) expect(await statesOf(place)).toEqual(['set-up', 'set-up']);
});

test('it signs, also after both parties were killed and opened their pairs anew', async () => {
  await signs();
  await restart(0);
  await restart(1);
  await signs();
  expect(await statesOf(0)).toEqual(['used', 'set-up']);
});

test('a party that lost its share has no pairs after the repair, and signs from the next refresh on', async () => {
  const [, party] = custody.parties;
  if (!party) throw new Error('missing');
  await party.kill();
  const database = openDatabase(party.data);
  expect(database.run('update keys set sealed = zeroblob(length(sealed))')).toBe(1);
  database.close();
  await party.start();
  await Promise.all(custody.parties.map((each) => each.heard()));
  const { organisation } = custody;
  const repair = organisation.bundle(keyRepairIntent('custody', ['control', 'recovery'], 1));
  must(await runKeyRepair(clients(), repair));
  expect(await statesOf(1)).toEqual(['given-up', 'given-up']);
  expect((await sign()).outcome).toMatchObject({ refusal: 'pair-missing', party: 'custody' });
  expect(await setUpPairs(clients(), 'key-warm-1')).toMatchObject({ ok: false });
  must(await runKeyRefresh(clients(), organisation.bundle(keyRefreshIntent(1))));
  expect(await statesOf(1)).toEqual(['set-up', 'set-up']);
  await signs();
}, 120_000);
