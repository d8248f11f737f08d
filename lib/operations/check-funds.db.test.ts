import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { vaultTransfer } from '#lib/protocol/testing/every-kind.ts';
import { withdrawal } from '#lib/protocol/testing/sample.ts';
import { findShortage } from './check-funds.ts';

const client = 'C-20418';
let books: Books;

beforeAll(async () => {
  books = await openBooks([client, 'C-20419']);
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
});
