import { afterAll, beforeAll, expect, it } from 'vitest';
import { chainFacts } from '#lib/chains/registry.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { closeBooks, deposit, openBooks, vault, type Books } from '#lib/ledger/testing/books.ts';
import type { VaultView } from './list-vaults.ts';
import { vaultOptions } from './vault-options.ts';

const regtest = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const [one, other] = ['C-7001', 'C-7002'];

let books: Books;
beforeAll(async () => {
  books = await openBooks([one, other]);
  await books.owner.vault.create({
    data: {
      id: 'btc-1',
      name: 'Bitcoin 1',
      tier: 'hot',
      chain: regtest,
      keyId: 'key-warm-1',
      address: 'bcrt1-address',
    },
  });
  await deposit(books, one, 5_000_000_000n);
  for (const [client, amount] of [
    [one, 40_000_000n],
    [other, 70_000_000n],
  ] as const) {
    const credited = await creditDeposit(books.worker, {
      chain: regtest,
      txid: `coins of ${client}`,
      vault: 'btc-1',
      client,
      asset: 'BTC',
      amount,
    });
    if (!credited.ok) throw new Error(credited.refusal.sentence);
  }
});
afterAll(() => closeBooks(books));

const viewOf = (id: string, chain: string, holdings: VaultView['holdings']): VaultView => ({
  id,
  name: id,
  tier: 'hot',
  chain,
  accounts: chainFacts(chain).accounts,
  address: 'address',
  keyId: 'key-warm-1',
  suite: 'FROST-ED25519-SHA512-v1',
  threshold: 2,
  parties: [],
  keyMadeAt: '2026-01-01T00:00:00.000Z',
  ceremony: 'operation',
  holdings,
  openOperations: 0,
});

const views = [
  viewOf('btc-1', regtest, [{ asset: 'BTC', amount: '1.10000000' }]),
  viewOf(vault, 'solana:sandbox', [{ asset: 'SOL', amount: '5.000000000' }]),
];

const holdingsFor = async (client: string | null) =>
  (await vaultOptions(views, client, { db: books.web })).map(({ holdings, owner }) => ({
    holdings,
    owner,
  }));

it('a vault with accounts of their own offers what lies in the chosen client’s, and others what lies in all', async () => {
  const pooled = { holdings: [{ asset: 'SOL', amount: '5.000000000' }], owner: null };
  expect(await holdingsFor(one)).toEqual([
    { holdings: [{ asset: 'BTC', amount: '0.40000000' }], owner: one },
    pooled,
  ]);
  expect(await holdingsFor(other)).toEqual([
    { holdings: [{ asset: 'BTC', amount: '0.70000000' }], owner: other },
    pooled,
  ]);
  expect(await holdingsFor('C-7003')).toEqual([{ holdings: [], owner: 'C-7003' }, pooled]);
});

it('while nobody is chosen the vaults are shown with all they hold', async () => {
  expect(await holdingsFor(null)).toEqual(views.map(({ holdings }) => ({ holdings, owner: null })));
});
