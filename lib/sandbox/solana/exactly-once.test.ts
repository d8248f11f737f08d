import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import { must, transferFor, type Vault, only } from '#lib/mpc/testing/custody.ts';
import {
  openLocalCustody,
  openLocalVault,
  type LocalCustody,
} from '#lib/mpc/testing/in-process.ts';
import { withdrawalIntent } from '#lib/mpc/testing/organisation.ts';
import { openLocalChain, type LocalChain } from './testing/local-chain.ts';
import { freshKey, SOL } from './testing/vault-fixture.ts';

let custody: LocalCustody;
let vault: Vault;
let local: LocalChain;
let payers: SoftwareKey[];
let account: string;

beforeAll(async () => {
  custody = openLocalCustody();
  vault = await openLocalVault(custody);
  local = openLocalChain();
  payers = [freshKey(), freshKey(), freshKey()];
  local.deposit(vault.address, 10n * SOL);
  for (const payer of payers) local.deposit(payer.address, SOL);
  account = local.openNonce(freshPayer(), vault.address);
});
afterAll(() => {
  custody.remove();
  local.remove();
});

function freshPayer(): SoftwareKey {
  const payer = freshKey();
  local.deposit(payer.address, SOL);
  return payer;
}

const amount = 1_500_000_000n;

/** The worst a worker can do with one set of statements: a transaction per fee account it has. */
async function payWithEach(anchor: string): Promise<string[]> {
  const intent = withdrawalIntent(vault.destination, String(amount));
  const bundle = custody.organisation.bundle(intent);
  const clients = custody.parties.slice(0, 2).map(({ client }) => client);
  const outcomes: string[] = [];
  for (const payer of payers) {
    const transaction = transferFor(vault, intent, { account, value: anchor }, payer.address);
    const signed = await signTransaction({ clients, bundle, transaction });
    if (!signed.ok) {
      outcomes.push(signed.refusal);
      continue;
    }
    const bytes = assembleTransaction(transaction.message, {
      [payer.address]: payer.sign(transaction.message),
      [vault.address]: only(must(signed).signatures),
    });
    outcomes.push(local.run(bytes) ? 'paid' : 'not paid');
  }
  return outcomes;
}

test.each<[string, () => string]>([
  ['a recent blockhash in the place of the nonce value', () => local.newestBlockhash()],
  ['the nonce value', () => local.nonceValue(account)],
])('one set of statements pays once, with %s and several fee accounts', async (_, anchor) => {
  const before = local.balance(vault.destination.address);
  expect(await payWithEach(anchor())).toEqual([
    'paid',
    'transaction-does-not-conflict',
    'transaction-does-not-conflict',
  ]);
  expect(local.balance(vault.destination.address) - before).toBe(amount);
});
