/** A refill out of a cold vault: its parties hold no share of where it goes, and know it by the policy. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { isOfHolder } from '#lib/protocol/vault-proof.ts';
import type { SignedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { receiptsInAnswer } from '../client/cold-receipts.ts';
import { finishColdSigning } from '../client/cold-signing.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { adopt, type PartyClient } from '../client/party-client.ts';
import { bring } from '../party/cold-desk.ts';
import {
  bytesOf,
  onlineOf,
  openColdCustody,
  openColdVault,
  rewritten,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { must, randomAddress, type Vault, only } from '../testing/custody.ts';
import { commonIntent, keyCeremonyIntent, transferIntent } from '../testing/organisation.ts';
import { toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';
import { rpc } from '../wire/rpc.ts';

let custody: ColdCustody;
let vault: Vault;
let hot: { vault: string; address: string };

const online = (): PartyClient[] =>
  [custody.control, custody.custody, custody.recovery].map(({ client }) => client);
/** Under the policy that names the hot vault. */
const now = { policyVersion: 2 };

beforeAll(async () => {
  custody = openColdCustody();
  const { organisation } = custody;
  vault = await openColdVault(custody);
  const intent = keyCeremonyIntent('key-hot-9', 'hot-9');
  const made = must(await runKeyCeremony(online(), organisation.bundle(intent)));
  hot = {
    vault: 'hot-9',
    address: addressOf(new Uint8Array(Buffer.from(made.publicKey, 'hex'))),
  };
});
afterAll(() => custody.remove());

const receiptOf = async (client: PartyClient): Promise<SignedVaultReceipt> =>
  must(await client.call(rpc.vaultReceipt, { key: 'key-hot-9' }));

const naming = (entry: OwnVault, policy = custody.organisation.policy): OperationBundle =>
  custody.organisation.bundle({
    ...commonIntent(),
    kind: 'policy-change',
    policy: { ...policy, version: 2, previous: digestOf(policy), ownVaults: [entry] },
  });

const send = (to: typeof hot) => {
  const intent = transferIntent(to, 'cold-1');
  return sendOut(custody, vault, { intent, bundle: custody.organisation.bundle(intent, now) });
};

test('no party takes over a policy that names a vault without its holders’ word, or with their word about another', async () => {
  const entry = { ...hot, chain: 'solana:sandbox' };
  const receipts = await Promise.all(online().slice(0, 2).map(receiptOf));
  const bundles = [
    naming(entry),
    naming({ ...entry, vault: 'hot-8', receipts }),
    naming({ ...entry, vault: 'hot-8', address: randomAddress(), receipts }),
  ];
  for (const bundle of bundles)
    for (const client of online())
      expect(await adopt(client, bundle)).toMatchObject({ refusal: 'own-vault-unproved' });
});

test('holders give the same word again, and none about a key they have no share of', async () => {
  const [control] = online();
  if (!control) throw new Error('three parties');
  expect(await receiptOf(control)).toEqual(await receiptOf(control));
  expect(await control.call(rpc.vaultReceipt, { key: 'key-hot-8' })).toMatchObject({
    refusal: 'key-unknown',
  });
});

test('with the word of two holders the policy is taken over, by the cold parties as news', async () => {
  const receipts = await Promise.all(online().slice(0, 2).map(receiptOf));
  const change = naming({ ...hot, chain: 'solana:sandbox', receipts });
  for (const client of online()) must(await adopt(client, change));
});

test('goes by the trip there is for withdrawals to the address that the policy names', async () => {
  const out = await send(hot);
  const answer = signAt(custody.a, custody, out.text);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now: new Date(Date.now() + custody.clock.ahead),
  });
  if (!finished.ok) throw new Error(finished.refusal);
  expect(
    verifyBytes(vault.publicKey, out.transaction.message, toHex(only(finished.value.signatures))),
  ).toBe(true);
});

test('does not leave for another address, nor for a vault that the policy does not name', async () => {
  await expect(send({ ...hot, address: randomAddress() })).rejects.toThrow(
    'transfer-destination-differs',
  );
  await expect(send({ ...hot, vault: 'hot-8' })).rejects.toThrow('transfer-destination-unknown');
});

test('every answer of a cold party carries its word about its own vault, also one that refuses', async () => {
  const { roster } = custody.organisation;
  const signed = signAt(custody.a, custody, (await send(hot)).text);
  const unstated = rewritten((await send(hot)).text, ({ body }) => {
    (body as { bundle: OperationBundle }).bundle.statements = [];
  });
  const refused = bring(custody.a.desk, bytesOf(unstated));
  const said = refused.state === 'refused' ? refused.leaving : expect.fail(refused.state);
  for (const { text } of [signed, said]) {
    const receipts = receiptsInAnswer({ answer: text, at: new Date() });
    expect(receipts.map(({ party, receipt }) => [party, receipt.vault, receipt.address])).toEqual([
      ['cold-a', 'cold-1', vault.address],
    ]);
    expect(receipts.every((receipt) => isOfHolder(receipt, roster))).toBe(true);
  }
});
