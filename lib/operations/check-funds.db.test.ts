import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { fund } from '#lib/ledger/testing/fee-books.ts';
import type { Context } from '#lib/platform/context.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { vaultTransfer } from '#lib/protocol/testing/every-kind.ts';
import { withdrawal } from '#lib/protocol/testing/sample.ts';
import { findShortage } from './check-funds.ts';

const client = 'C-20418';
let books: Books;

beforeAll(async () => {
  books = await openBooks([client, 'C-20419', 'C-20420']);
  await deposit(books, client, 1_000_000_000n);
  await deposit(books, 'C-20419', 500n);
});
afterAll(() => closeBooks(books));

const shortage = async (intent: MovingIntent) =>
  (await findShortage(intent, { db: books.web } as Context))?.refusal.sentence ?? null;

const pays = { feeBearer: client };
const all = { ...withdrawal, amount: '1000000000' };

describe('what is short, said before anybody presses a key', () => {
  it('is the amount alone where the custodian bears the fee', async () => {
    expect(await shortage(all)).toBeNull();
    expect(await shortage({ ...all, amount: '1000000001' })).toBe(
      'C-20418 has 1.000000000 SOL available, which does not cover 1.000000001 SOL. Part of the balance may be held for other withdrawals.',
    );
  });

  it('is the amount with the highest fee where the client bears it', async () => {
    expect(await shortage({ ...all, ...pays, amount: '999990000' })).toBeNull();
    expect(await shortage({ ...all, ...pays })).toBe(
      'C-20418 has 1.000000000 SOL available, which does not cover 1.000000000 SOL and a network fee of up to 0.000010000 SOL. Part of the balance may be held for other withdrawals.',
    );
  });

  it('is the fee of a transfer that moves a client’s account', async () => {
    const moving = { ...vaultTransfer, amount: '100' };
    expect(await shortage(moving)).toBeNull();
    expect(await shortage({ ...moving, ...pays, owner: client })).toBeNull();
    expect(await shortage({ ...moving, feeBearer: 'C-20419', owner: 'C-20419' })).toBe(
      'C-20419 has 0.000000500 SOL available, which does not cover a network fee of up to 0.000010000 SOL. Part of the balance may be held for other withdrawals.',
    );
  });

  it('is the vault where the client could carry it', async () => {
    const more = { ...vaultTransfer, amount: '1000000000', ...pays, owner: client };
    expect(await shortage(more)).toBe(
      'By the ledger 1.000000500 SOL lies in vault warm-1, which does not cover 1.000000000 SOL and a network fee of up to 0.000010000 SOL. Choose a vault that holds enough.',
    );
  });

  it('is the fee’s asset where a token moves, and the client’s own part of the vault where owners have accounts there', async () => {
    const payer = 'C-20420';
    const token = { ...all, client: payer, feeBearer: payer, chain: 'eip155:31337' };
    const sending = { ...token, asset: 'EURC', amount: '5000000', highestFee: '2000000000000000' };
    await fund(books, payer, 'EURC', 5_000_000n);
    await fund(books, payer, 'ETH', 100_000_000_000_000n);
    expect(await shortage(sending)).toBe(
      'C-20420 has 0.000100000000000000 ETH available, which does not cover a network fee of up to 0.002000000000000000 ETH. Part of the balance may be held for other withdrawals.',
    );
    await fund(books, payer, 'ETH', 1_900_000_000_000_000n);
    expect(await shortage(sending)).toBeNull();
    // Another vault holds nothing of this client, and another client's coins there are no help.
    await fund(books, 'C-20419', 'EURC', 5_000_000n);
    expect(await shortage({ ...sending, vault: 'cold-1' })).toBe(
      'By the ledger 0.000000 EURC of C-20420 lies in vault cold-1, which does not cover 5.000000 EURC. Choose a vault that holds enough.',
    );
  });

  it('is the custodian’s own account where that moves: clients’ coins in the same vault are no help', async () => {
    await fund(books, 'C-20419', 'ETH', 5_000_000_000_000_000_000n);
    const moving = { ...vaultTransfer, chain: 'eip155:31337', asset: 'ETH', amount: '1000' };
    expect(await shortage(moving)).toBe(
      'By the ledger 0.000000000000000000 ETH of the custodian lies in vault warm-1, which does not cover 0.000000000000001000 ETH. Choose a vault that holds enough.',
    );
  });
});
