import { randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner, type VaultKey } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { addressOf } from '#lib/chains/solana/address.ts';
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import { seeDeposit } from '#lib/ledger/deposits/see-deposit.ts';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { loadDepositAddresses } from './deposit-addresses.ts';

const client = 'C-20418';
const other = 'C-1001';
const publicKey = bytesToHex(secp256k1.getPublicKey(new Uint8Array(32).fill(7)));
const taproot: VaultKey = {
  chain: BITCOIN_REGTEST,
  suite: 'FROST-secp256k1-SHA256-TR-v1',
  publicKey,
};

let books: Books;

beforeAll(async () => {
  books = await openBooks([client, other]);
  await books.owner.mpcKey.create({
    data: {
      id: 'key-hot-1',
      suite: taproot.suite,
      publicKey,
      threshold: 2,
      parties: ['control', 'custody', 'recovery'],
      operationId: randomUUID(),
    },
  });
  await books.owner.vault.create({
    data: {
      id: 'hot-1',
      name: 'Hot 1',
      tier: 'hot',
      chain: taproot.chain,
      keyId: 'key-hot-1',
      address: addressOfOwner(taproot, null),
    },
  });
});
afterAll(() => closeBooks(books));

const load = (of = client, hasNode = true) =>
  loadDepositAddresses(of, {
    db: books.web,
    settings: {
      ...sandboxSettings,
      nodes: hasNode ? { bitcoin: ['esplora:http://127.0.0.1:1'] } : {},
    },
  });
const bitcoinOf = async (...of: Parameters<typeof load>) =>
  (await load(...of)).addresses.find(({ chain }) => chain === BITCOIN_REGTEST);
const record = (of: string, address: string) =>
  books.worker.vaultAccount.create({
    data: { address, vaultId: 'hot-1', clientId: of, branch: 'receive' },
  });

describe('a client’s deposit addresses', () => {
  it('come from the vault’s key, and say so until the worker watches them', async () => {
    const address = addressOfOwner(taproot, client);
    expect(await bitcoinOf()).toEqual({
      vault: 'hot-1',
      vaultName: 'Hot 1',
      tier: 'hot',
      chain: BITCOIN_REGTEST,
      assets: ['BTC'],
      address,
      memo: null,
      path: 'm/5/0/20418/0',
      state: 'not-watched',
    });
    await record(client, address);
    expect(await bitcoinOf()).toMatchObject({ address, state: 'watched' });
    expect(await bitcoinOf(client, false)).toMatchObject({ state: 'no-node' });
  });

  it('never come from the table: another one there is a difference', async () => {
    await record(other, addressOfOwner(taproot, 'C-66666'));
    expect(await bitcoinOf(other)).toMatchObject({
      address: addressOfOwner(taproot, other),
      state: 'differs',
    });
  });

  it('are one for all on Solana, with the client’s number as the memo', async () => {
    const { addresses } = await load();
    expect(addresses.find(({ chain }) => chain === 'solana:sandbox')).toMatchObject({
      vault: 'warm-1',
      address: addressOf(new Uint8Array(32).fill(0xaa)),
      memo: client,
      path: null,
      // These books write `address` for the vault's address.
      state: 'differs',
    });
  });

  it('have beside them what is on its way to this client and to nobody else', async () => {
    const seen = {
      chain: BITCOIN_REGTEST,
      txid: 'ab'.repeat(32),
      vault: 'hot-1',
      place: '0',
      client,
      asset: 'BTC',
      amount: 150_000n,
      from: 'not told by the chain',
      height: 103n,
      blockHash: 'cd'.repeat(32),
    };
    await inTransaction(books.worker, async (tx) => {
      await seeDeposit(tx, seen);
      await seeDeposit(tx, { ...seen, place: '1', client: other });
    });
    expect((await load()).pending).toEqual([
      expect.objectContaining({
        vault: 'hot-1',
        asset: 'BTC',
        amount: '0.00150000',
        height: '103',
        place: '0',
        blocksNeeded: 2,
      }),
    ]);
  });
});
