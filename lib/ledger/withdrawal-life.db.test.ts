import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { clientAccount, feePayerAccount, networkFeesAccount, vaultAccount } from './accounts.ts';
import { placeHold } from './place-hold.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { clientBalances, journalPage, vaultPositions } from './queries.ts';
import {
  asset,
  carryToChain,
  confirm,
  deposit,
  move,
  closeBooks,
  openBooks,
  raise,
  reject,
  vault,
  writeOperation,
  type Books,
} from './testing/books.ts';
import { voidHold } from './void-hold.ts';

let books: Books;
const people = Array.from({ length: 20 }, (_, index) => `C-${1001 + index}`);
let next = 0;
/** A client nobody else uses. */
const someone = (): string => people[next++] ?? 'C-none';
const balance = async (client: string) => (await clientBalances(books.web, { client }))[0];

beforeAll(async () => {
  books = await openBooks(people, 25);
});
afterAll(() => closeBooks(books));

describe('the life of a withdrawal', () => {
  it('holds, then posts: client and vault fall by the amount, the fee is the custodian’s', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 1_000_000n);
    const before = (await vaultPositions(books.web))[0];
    expect(await raise(books, operation, client, 400_000n)).toBe(true);
    expect(await balance(client)).toEqual({
      client,
      asset,
      posted: '1000000',
      held: '400000',
      available: '600000',
    });
    await carryToChain(books, operation);
    await confirm(books, operation, client, 400_000n);
    expect(await balance(client)).toEqual({
      client,
      asset,
      posted: '600000',
      held: '0',
      available: '600000',
    });
    const after = (await vaultPositions(books.web))[0];
    expect(BigInt(before?.amount ?? 0) - BigInt(after?.amount ?? 0)).toBe(400_000n);
    const { journals } = await journalPage(books.web, { operation });
    expect(journals.map((journal) => journal.lines)).toEqual([
      [
        { account: clientAccount(client, asset), asset, amount: '400000' },
        { account: vaultAccount(vault, asset), asset, amount: '-400000' },
        { account: networkFeesAccount(asset), asset, amount: '10000' },
        { account: feePayerAccount(asset), asset, amount: '-10000' },
      ],
    ]);
  });

  it('gives the amount back when people reject it, once', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 50n);
    await raise(books, operation, client, 50n);
    expect(await raise(books, randomUUID(), client, 1n)).toBe(false);
    await reject(books, operation);
    expect(await balance(client)).toMatchObject({ held: '0', available: '50' });
    const again = await inTransaction(books.web, (tx) => voidHold(tx, { operation }));
    expect(again).toEqual({ ok: true, value: { isNew: false } });
    expect(await balance(client)).toMatchObject({ held: '0', available: '50' });
  });

  it('posts once, however often it is asked, and names the field of another content', async () => {
    const client = someone();
    const operation = randomUUID();
    const withdrawal = { operation, client, vault, asset, amount: 30n, fee: 5n };
    await deposit(books, client, 100n);
    await raise(books, operation, client, 30n);
    await carryToChain(books, operation);
    await confirm(books, operation, client, 30n, 5n);
    expect(await postWithdrawal(books.worker, withdrawal)).toMatchObject({
      ok: true,
      value: { isNew: false },
    });
    expect(await postWithdrawal(books.worker, { ...withdrawal, fee: 6n })).toMatchObject({
      refusal: {
        code: 'journal-differs',
        sentence: expect.stringContaining('another amount') as string,
      },
    });
    expect(await postWithdrawal(books.worker, { ...withdrawal, vault: 'warm-9' })).toMatchObject({
      refusal: {
        code: 'journal-differs',
        sentence: expect.stringContaining('another account') as string,
      },
    });
    expect(await balance(client)).toMatchObject({ posted: '70' });
  });

  it('cannot be posted once the amount was given back', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 10n);
    await raise(books, operation, client, 10n);
    await reject(books, operation);
    const posted = await postWithdrawal(books.worker, {
      operation,
      client,
      vault,
      asset,
      amount: 10n,
      fee: 0n,
    });
    expect(posted).toMatchObject({ refusal: { code: 'hold-released' } });
  });

  it('cannot be posted for another amount than was held', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 10n);
    await raise(books, operation, client, 6n);
    const posted = await postWithdrawal(books.worker, {
      operation,
      client,
      vault,
      asset,
      amount: 7n,
      fee: 0n,
    });
    expect(posted).toMatchObject({
      refusal: {
        code: 'journal-malformed',
        sentence: expect.stringContaining('amount differs from hold') as string,
      },
    });
  });

  it('keeps the amount held while the operation is open, whoever asks', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 10n);
    await raise(books, operation, client, 10n);
    for (const db of [books.web, books.worker])
      expect(await inTransaction(db, (tx) => voidHold(tx, { operation }))).toMatchObject({
        refusal: { code: 'operation-open' },
      });
    expect(await balance(client)).toMatchObject({ held: '10' });
  });

  it('cannot end without giving back what it held', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 10n);
    await raise(books, operation, client, 10n);
    await expect(move(books.web, operation, 'cancelled')).rejects.toSatisfy(
      (error) => sqlStateOf(error) === 'CS004',
    );
    await expect(move(books.worker, operation, 'expired')).rejects.toSatisfy(
      (error) => sqlStateOf(error) === 'CS004',
    );
    expect(await balance(client)).toMatchObject({ held: '10' });
  });

  it('cannot be raised without a hold, nor with a hold of another amount or client', async () => {
    const [client, other] = [someone(), someone()];
    await deposit(books, client, 10n);
    await deposit(books, other, 10n);
    const attempt = (account: string | null, amount: bigint) =>
      inTransaction(books.web, async (tx) => {
        const operation = randomUUID();
        await writeOperation(tx, operation, client, 5n);
        if (account !== null)
          await placeHold(tx, { hold: randomUUID(), operation, account, amount });
      });
    await expect(attempt(null, 5n)).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS004');
    await expect(attempt(clientAccount(client, asset), 4n)).rejects.toSatisfy(
      (error) => sqlStateOf(error) === 'CS004',
    );
    await expect(attempt(clientAccount(other, asset), 5n)).rejects.toSatisfy(
      (error) => sqlStateOf(error) === 'CS004',
    );
    await expect(attempt(clientAccount(client, asset), 5n)).resolves.toBeUndefined();
  });

  it('takes a hold placed before its operation is written, in one transaction', async () => {
    const client = someone();
    const operation = randomUUID();
    await deposit(books, client, 10n);
    const hold = {
      hold: randomUUID(),
      operation,
      account: clientAccount(client, asset),
      amount: 10n,
    };
    await inTransaction(books.web, async (tx) => {
      expect(await placeHold(tx, hold)).toEqual({ ok: true, value: { isNew: true } });
      await writeOperation(tx, operation, client, 10n);
    });
    const repeat = (changed: object) =>
      inTransaction(books.web, (tx) => placeHold(tx, { ...hold, ...changed }));
    expect(await repeat({})).toEqual({ ok: true, value: { isNew: false } });
    expect(await repeat({ amount: 9n })).toMatchObject({
      refusal: {
        code: 'hold-differs',
        sentence: expect.stringContaining('another amount') as string,
      },
    });
    expect(await repeat({ hold: randomUUID() })).toMatchObject({
      refusal: { code: 'hold-differs' },
    });
    expect(await balance(client)).toMatchObject({ held: '10' });
  });
});
