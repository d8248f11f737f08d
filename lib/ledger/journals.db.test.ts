import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { clientAccount, feePayerAccount, suspenseAccount, vaultAccount } from './accounts.ts';
import { creditDeposit } from './credit-deposit.ts';
import { openClientAccount, openVaultAccounts } from './open-accounts.ts';
import { postJournal } from './post-journal.ts';
import { postOwnFunds } from './post-own-funds.ts';
import { postOwnMovement } from './post-own-movement.ts';
import { accountStatement, clientBalances, journalPage } from './queries.ts';
import { asset, deposit, closeBooks, openBooks, vault, type Books } from './testing/books.ts';

let books: Books;

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Nothing there.');
  return value;
}

const people = Array.from({ length: 20 }, (_, index) => `C-${1001 + index}`);
let next = 0;
/** A client nobody else uses. */
const someone = (): string => people[next++] ?? 'C-none';
const balance = async (client: string) => (await clientBalances(books.web, { client }))[0];

beforeAll(async () => {
  books = await openBooks(people, 25);
});
afterAll(() => closeBooks(books));

describe('journals', () => {
  const malformed = (lines: { account: string; amount: bigint }[]) =>
    postJournal(books.worker, {
      key: randomUUID(),
      kind: 'deposit',
      operation: null,
      usesHold: false,
      lines,
      corrects: null,
      at: new Date(),
    });

  it('are refused by name when they do not balance, per asset', async () => {
    expect(await malformed([{ account: vaultAccount(vault, asset), amount: 1n }])).toMatchObject({
      refusal: { sentence: expect.stringContaining('too few lines') as string },
    });
    expect(
      await malformed([
        { account: vaultAccount(vault, asset), amount: 5n },
        { account: suspenseAccount(asset), amount: -4n },
      ]),
    ).toMatchObject({ refusal: { sentence: expect.stringContaining('unbalanced') as string } });
    expect(
      await malformed([
        { account: vaultAccount(vault, 'SOL'), amount: 5n },
        { account: suspenseAccount('ETH'), amount: -5n },
      ]),
    ).toMatchObject({ refusal: { sentence: expect.stringContaining('unbalanced') as string } });
  });

  it('never credit a client or vault that is not on record', async () => {
    expect(
      await malformed([
        { account: vaultAccount(vault, asset), amount: 5n },
        { account: clientAccount('C-99999', asset), amount: -5n },
      ]),
    ).toMatchObject({ refusal: { sentence: expect.stringContaining('no client') as string } });
    expect(
      await malformed([
        { account: vaultAccount('cold-9', asset), amount: 5n },
        { account: suspenseAccount(asset), amount: -5n },
      ]),
    ).toMatchObject({ refusal: { sentence: expect.stringContaining('no vault') as string } });
  });

  it('never overdraw a client', async () => {
    const client = someone();
    await deposit(books, client, 5n);
    const over = postJournal(books.worker, {
      key: randomUUID(),
      kind: 'correction',
      operation: null,
      usesHold: false,
      lines: [
        { account: clientAccount(client, asset), amount: 6n },
        { account: suspenseAccount(asset), amount: -6n },
      ],
      corrects: null,
      at: new Date(),
    });
    expect(await over).toMatchObject({ refusal: { code: 'insufficient-balance' } });
  });

  it('are dated by when they are written, not by when a transaction began that was kept open', async () => {
    const [started, posted] = await inTransaction(books.worker, async (tx) => {
      const [row] = await tx.$queryRaw<{ at: Date }[]>`select clock_timestamp() as at`;
      await postJournal(tx, {
        key: 'kept-open',
        kind: 'deposit',
        operation: null,
        usesHold: false,
        lines: [
          { account: vaultAccount(vault, asset), amount: 1n },
          { account: suspenseAccount(asset), amount: -1n },
        ],
        corrects: null,
        at: new Date(),
      });
      const found = await tx.journal.findUniqueOrThrow({ where: { idempotencyKey: 'kept-open' } });
      return [row?.at.getTime() ?? 0, found.postedAt.getTime()] as const;
    });
    expect(posted).toBeGreaterThanOrEqual(started);
  });

  it('that do not balance are refused at commit even to the owner', async () => {
    const unbalanced = inTransaction(books.owner, async (tx) => {
      const { id } = await tx.journal.create({
        data: { idempotencyKey: randomUUID(), kind: 'deposit', contentDigest: 'ab'.repeat(32) },
      });
      await tx.posting.createMany({
        data: [
          {
            journalId: id,
            line: 1,
            accountId: vaultAccount(vault, asset),
            asset,
            amount: 2,
            balance: 2,
          },
          {
            journalId: id,
            line: 2,
            accountId: vaultAccount(vault, asset),
            asset,
            amount: -1,
            balance: 1,
          },
        ],
      });
    });
    await expect(unbalanced).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS003');
    const empty = books.owner.journal.create({
      data: { idempotencyKey: randomUUID(), kind: 'deposit', contentDigest: 'ab'.repeat(32) },
    });
    await expect(empty).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS003');
  });

  it('are whole when they come: not even the owner adds lines that sum to zero to one', async () => {
    const client = someone();
    await deposit(books, client, 9n);
    const { journals } = await journalPage(books.web, { limit: 1 });
    const journalId = BigInt(present(journals[0] ?? null).id);
    const line = { journalId, accountId: vaultAccount(vault, asset), asset, balance: 0 };
    const added = books.owner.posting.createMany({
      data: [
        { ...line, line: 3, amount: 2 },
        { ...line, line: 4, amount: -2 },
      ],
    });
    await expect(added).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS003');
  });

  it('take a line only in the asset of its account', async () => {
    const strayed = inTransaction(books.owner, async (tx) => {
      const { id } = await tx.journal.create({
        data: { idempotencyKey: randomUUID(), kind: 'deposit', contentDigest: 'ab'.repeat(32) },
      });
      await tx.posting.create({
        data: {
          journalId: id,
          line: 1,
          accountId: vaultAccount(vault, asset),
          asset: 'ETH',
          amount: 2,
          balance: 2,
        },
      });
    });
    await expect(strayed).rejects.toSatisfy((error) => sqlStateOf(error) === '23503');
  });

  it('carry amounts exactly to 78 digits', async () => {
    const client = someone();
    const huge = 10n ** 77n + 123_456_789n;
    await inTransaction(books.worker, async (tx) => {
      await openClientAccount(tx, { client, asset: 'BIG' });
      await openVaultAccounts(tx, { vault, asset: 'BIG' });
      await openVaultAccounts(tx, { vault, asset: 'BIG' });
    });
    await creditDeposit(books.worker, {
      chain: 'x',
      txid: 'huge',
      vault,
      client,
      asset: 'BIG',
      amount: huge,
    });
    expect(await balance(client)).toMatchObject({ asset: 'BIG', available: huge.toString() });
    const { lines } = await accountStatement(books.web, { account: clientAccount(client, 'BIG') });
    expect(lines).toMatchObject([{ amount: (-huge).toString(), balance: huge.toString() }]);
  });

  it('write an audit entry each, in the same transaction, and none when it is rolled back', async () => {
    const client = someone();
    const count = () =>
      books.owner.auditEntry.count({
        where: { kind: 'journal-posted', subject: { contains: 'audited' } },
      });
    const arrived = { chain: 'solana:sandbox', txid: 'audited', vault, client, asset, amount: 1n };
    const undone = inTransaction(books.worker, async (tx) => {
      await creditDeposit(tx, arrived);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await count()).toBe(0);
    await creditDeposit(books.worker, arrived);
    await creditDeposit(books.worker, arrived);
    expect(await count()).toBe(1);
  });

  it('keep the custodian’s own coins apart', async () => {
    const movement = { chain: 'solana:sandbox', asset: 'OWN' };
    await postOwnFunds(books.worker, { ...movement, txid: 'a', amount: 100n });
    await postOwnMovement(books.worker, {
      ...movement,
      txid: 'b',
      change: -30n,
      fee: 30n,
      rent: 0n,
    });
    const { lines } = await accountStatement(books.web, { account: feePayerAccount('OWN') });
    expect(lines.map((line) => [line.amount, line.balance])).toEqual([
      ['-30', '70'],
      ['100', '100'],
    ]);
  });
});

describe('queries', () => {
  it('page through an account by key with the right balance after each line', async () => {
    const client = someone();
    const amounts = [5n, 7n, 11n, 13n, 17n];
    for (const amount of amounts) await deposit(books, client, amount);
    const account = clientAccount(client, asset);
    const first = await accountStatement(books.web, { account, limit: 2 });
    expect(first.lines.map((line) => line.balance)).toEqual(['53', '36']);
    const second = await accountStatement(books.web, {
      account,
      limit: 2,
      before: present(first.next),
    });
    expect(second.lines.map((line) => line.balance)).toEqual(['23', '12']);
    const third = await accountStatement(books.web, {
      account,
      limit: 2,
      before: present(second.next),
    });
    expect(third.lines.map((line) => line.balance)).toEqual(['5']);
    expect(third.next).toBeNull();
  });

  it('page through journals and clients by key', async () => {
    const all = await journalPage(books.web, { limit: 200 });
    const first = await journalPage(books.web, { limit: 3 });
    const second = await journalPage(books.web, { limit: 3, before: present(first.next) });
    expect([...first.journals, ...second.journals]).toEqual(all.journals.slice(0, 6));
    const balances = await clientBalances(books.web, { limit: 200 });
    const after = present(balances[1] ?? null);
    expect(await clientBalances(books.web, { limit: 2, after })).toEqual(balances.slice(2, 4));
  });
});
