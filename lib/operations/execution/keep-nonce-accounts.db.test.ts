import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nonceAccountAddress } from '#lib/chains/solana/build-nonce-account.ts';
import { ensureNonceAccount } from '#lib/chains/solana/ensure-nonce-account.ts';
import { deposit, raise, reject, vault } from '#lib/ledger/testing/books.ts';
import { SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { openChainDesk, type ChainDesk } from '../testing/chain-desk.ts';
import { keepNonceAccounts } from './keep-nonce-accounts.ts';

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002']);
});
afterAll(() => desk.close());

const plan = async (seed: string): Promise<string> => {
  const address = nonceAccountAddress(desk.fixture.feePayer.address, seed);
  await desk.books.worker.nonceSeed.create({
    data: { address, vaultId: vault, seed, state: 'planned' },
  });
  return address;
};

const fillPool = (): Promise<true> =>
  until('the pool is full', async () => {
    await keepNonceAccounts(desk.context);
    return (await desk.books.worker.nonceAccount.count()) === 4;
  });

describe('nonce accounts of a vault', () => {
  it('get seeds nobody can guess, on record before anything is sent', async () => {
    // Nothing that is sent arrives, so whatever is known is what was written down before.
    await desk.fixture.control.dropTransactions(1000);
    await keepNonceAccounts(desk.context);
    const seeds = await desk.books.worker.nonceSeed.findMany();
    expect(seeds).toHaveLength(3);
    for (const { seed, address, state } of seeds) {
      expect(state).toBe('planned');
      expect(address).toBe(nonceAccountAddress(desk.fixture.feePayer.address, seed));
    }
    expect(new Set(seeds.map(({ seed }) => seed)).size).toBe(3);
    await desk.fixture.control.dropTransactions(0);
  });

  it('survive a stop between sending and writing down, and one that somebody blocked is replaced', async () => {
    const [sent, blocked] = await desk.books.worker.nonceSeed.findMany({
      orderBy: { plannedAt: 'asc' },
    });
    if (!sent || !blocked) throw new Error('Nothing was planned.');
    await until('the first account is made', async () => {
      const step = await ensureNonceAccount(desk.fixture.client, {
        feePayer: desk.fixture.feePayer,
        authority: desk.fixture.vault.address,
        seed: sent.seed,
      });
      return step.step === 'ready';
    });
    await desk.fixture.control.deposit(blocked.address, SOL / 100n);
    await fillPool();
    const accounts = await desk.books.worker.nonceAccount.findMany();
    const addresses = accounts.map(({ address }) => address);
    expect(addresses).toContain(sent.address);
    expect(addresses).not.toContain(blocked.address);
    const states = await desk.books.worker.nonceSeed.groupBy({ by: ['state'], _count: true });
    expect(Object.fromEntries(states.map(({ state, _count }) => [state, _count]))).toEqual({
      made: 3,
      taken: 1,
    });
  });

  it('serve others again once their operation has ended, and not before', async () => {
    const [ended, open] = [randomUUID(), randomUUID()];
    for (const [operation, client] of [
      [ended, 'C-1001'],
      [open, 'C-1002'],
    ] as const) {
      await deposit(desk.books, client, 10n);
      await raise(desk.books, operation, client, 10n);
      const free = await desk.books.worker.nonceAccount.findFirstOrThrow({
        where: { operationId: null },
      });
      await desk.books.worker.nonceAccount.update({
        where: { address: free.address },
        data: { operationId: operation },
      });
    }
    await reject(desk.books, ended);
    await keepNonceAccounts(desk.context);
    const tied = await desk.books.worker.nonceAccount.findMany({
      where: { operationId: { not: null } },
    });
    expect(tied.map(({ operationId }) => operationId)).toEqual([open]);
  });

  it('are kept for each vault even while another one’s cannot be made', async () => {
    await desk.books.owner.mpcKey.create({
      data: {
        id: 'key-a',
        suite: 'FROST-ED25519-SHA512-v1',
        publicKey: 'bb'.repeat(32),
        threshold: 2,
        parties: ['control', 'custody', 'recovery'],
        operationId: randomUUID(),
      },
    });
    // Read before the other one, and with an address that is none.
    await desk.books.owner.vault.create({
      data: {
        id: 'a-broken',
        name: 'Broken',
        tier: 'hot',
        chain: 'solana:sandbox',
        keyId: 'key-a',
        address: 'no address',
      },
    });
    await desk.books.owner.nonceAccount.deleteMany({ where: { operationId: null } });
    await until('the pool of the other vault is full again', async () => {
      await expect(keepNonceAccounts(desk.context)).rejects.toThrow('a-broken');
      return (await desk.books.worker.nonceAccount.count({ where: { vaultId: vault } })) === 4;
    });
  });
});

it('plans are never changed into another address', async () => {
  const address = await plan('n-0123456789abcdef0123');
  await expect(
    desk.books.owner.nonceSeed.update({
      where: { address },
      data: { seed: 'n-1123456789abcdef0123' },
    }),
  ).rejects.toThrow('planned once');
});
