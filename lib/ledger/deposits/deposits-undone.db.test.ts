import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { clientAccount, missingOf, suspenseAccount, vaultAccount } from '../accounts.ts';
import { postJournal } from '../post-journal.ts';
import { findJournal } from '../queries.ts';
import { closeBooks, openBooks, vault, type Books } from '../testing/books.ts';
import { arrivalOf, chainName, credit, see, undo } from '../testing/chain-books.ts';
import { raiseWish, standing, type Wish } from '../testing/fee-books.ts';
import { creditedAbove } from './credited-above.ts';
import { findAlive } from './find-alive.ts';

let books: Books;
const people = Array.from({ length: 30 }, (_, index) => `C-${4001 + index}`);
let next = 0;
const someone = (): string => people[next++] ?? 'C-none';

beforeAll(async () => {
  books = await openBooks(people, 25);
});
afterAll(() => closeBooks(books));

const balance = async (account: string): Promise<bigint> => {
  const row = await books.owner.account.findUnique({ where: { id: account } });
  return row ? BigInt(row.debits.sub(row.credits).toFixed(0)) : 0n;
};
const linesOf = async (journal: bigint) =>
  (await findJournal(books.web, journal))?.lines.map((line) => [line.account, line.amount]);

const spending = (client: string, amount: bigint): Wish => ({
  kind: 'withdrawal',
  client,
  asset: 'BTC',
  amount,
  highestFee: 0n,
  feeAsset: 'BTC',
});

describe('a deposit on a chain that can undo it', () => {
  it('is pending and credits nothing until its chain’s depth, then once, however many credit it at once', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    const seen = await Promise.all(
      Array.from({ length: 8 }, () => see(books, arrivalOf(name, client, 10n))),
    );
    expect(seen.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1);
    expect(await standing(books, client, 'BTC')).toEqual([0n, 0n, 0n]);
    const credited = await Promise.all(Array.from({ length: 8 }, () => credit(books, name)));
    expect(credited.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1);
    expect(await standing(books, client, 'BTC')).toEqual([10n, 0n, 10n]);
  });

  it('is several where one transaction pays a vault several times', async () => {
    const client = someone();
    const txid = randomUUID();
    for (const place of ['0', '1', 'value']) {
      await see(books, arrivalOf(chainName(txid, place), client, 10n));
      await credit(books, chainName(txid, place));
    }
    expect(await standing(books, client, 'BTC')).toEqual([30n, 0n, 30n]);
  });

  it('keeps its place in the queue when it moves to another block', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    const moved = await see(books, {
      ...arrivalOf(name, client, 10n),
      height: 101n,
      blockHash: 'bb',
    });
    expect(moved).toEqual({ ok: true, value: { state: 'pending', isNew: false } });
    const row = await books.owner.depositPending.findFirst({ where: { txid: name.txid } });
    expect(row).toMatchObject({ slot: 101n, blockHash: 'bb' });
  });

  it('that moves to another block after it was credited is on record there, and where it was credited stays', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    await credit(books, name);
    for (const [height, blockHash] of [
      [90n, 'bb'],
      [110n, 'cc'],
    ] as const) {
      const moved = await see(books, { ...arrivalOf(name, client, 10n), height, blockHash });
      expect(moved).toEqual({ ok: true, value: { state: 'credited', isNew: false } });
      const alive = await inTransaction(books.worker, (tx) => findAlive(tx, name));
      expect(alive).toMatchObject({ height, blockHash });
      const of = { vault, owner: client };
      const above = (from: bigint) =>
        creditedAbove(books.worker, { chain: name.chain, height: from, of });
      expect(await above(height)).toEqual([]);
      expect(await above(height - 1n)).toMatchObject([{ txid: name.txid, height, blockHash }]);
    }
    const row = await books.owner.deposit.findFirst({ where: { txid: name.txid } });
    expect(row).toMatchObject({ slot: 100n, blockHash: 'aa' });
    expect(await standing(books, client, 'BTC')).toEqual([10n, 0n, 10n]);
    expect(await undo(books, name)).toMatchObject({ value: { was: 'credited', taken: 10n } });
    expect(await see(books, arrivalOf(name, client, 10n))).toMatchObject({
      value: { state: 'pending', isNew: true },
    });
  });

  it('is refused under its name with other content', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    expect(await see(books, arrivalOf(name, client, 11n))).toMatchObject({
      refusal: { code: 'deposit-differs' },
    });
  });

  it('that goes before it was credited leaves nothing in the books, and can come again', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    expect(await undo(books, name)).toEqual({ ok: true, value: { was: 'pending' } });
    expect(await credit(books, name)).toMatchObject({ refusal: { code: 'deposit-not-seen' } });
    expect(await undo(books, name)).toMatchObject({ refusal: { code: 'deposit-not-alive' } });
    expect(await see(books, arrivalOf(name, client, 10n))).toMatchObject({
      value: { state: 'pending', isNew: true },
    });
    await credit(books, name);
    expect(await standing(books, client, 'BTC')).toEqual([10n, 0n, 10n]);
  });

  it('that the chain takes away is taken back whole while it is there, and credited once more when it comes again', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    const before = await balance(vaultAccount(vault, 'BTC'));
    await see(books, arrivalOf(name, client, 10n));
    await credit(books, name);
    const undone = await undo(books, name);
    expect(undone).toMatchObject({ value: { was: 'credited', client, taken: 10n, missing: 0n } });
    expect(await standing(books, client, 'BTC')).toEqual([0n, 0n, 0n]);
    expect(await balance(vaultAccount(vault, 'BTC'))).toBe(before);
    expect(await undo(books, name)).toMatchObject({ refusal: { code: 'deposit-not-alive' } });
    await see(books, arrivalOf(name, client, 10n));
    expect(await credit(books, name)).toMatchObject({ value: { isNew: true, madeGood: 0n } });
    expect(await credit(books, name)).toMatchObject({ value: { isNew: false } });
    expect(await standing(books, client, 'BTC')).toEqual([10n, 0n, 10n]);
  });

  it('that was spent meanwhile is owed by the client and missing, and comes again without being credited twice', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    await credit(books, name);
    await raiseWish(books, { ...spending(client, 7n), feeBearer: 'custodian' });
    const undone = await undo(books, name);
    expect(undone).toMatchObject({ value: { taken: 3n, missing: 7n } });
    expect(await standing(books, client, 'BTC')).toEqual([7n, 7n, 0n]);
    expect(await balance(missingOf(client, 'BTC'))).toBe(7n);
    await see(books, arrivalOf(name, client, 10n));
    const again = await credit(books, name);
    expect(again).toMatchObject({ value: { isNew: true, madeGood: 7n } });
    expect(await balance(missingOf(client, 'BTC'))).toBe(0n);
    expect(await standing(books, client, 'BTC')).toEqual([10n, 7n, 3n]);
    // And once more: no more is taken than this appearance brought the client.
    expect(await undo(books, name)).toMatchObject({ value: { taken: 3n, missing: 7n } });
    expect(await balance(missingOf(client, 'BTC'))).toBe(7n);
  });

  it('of nobody is taken out of suspense, and missing where it was given to somebody meanwhile', async () => {
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, null, 10n));
    await credit(books, name);
    expect(await balance(suspenseAccount('BTC'))).toBe(-10n);
    expect(await undo(books, name)).toMatchObject({
      value: { client: null, taken: 10n, missing: 0n },
    });
    expect(await balance(suspenseAccount('BTC'))).toBe(0n);
  });

  it('is named on the page of the journal that took it back', async () => {
    const client = someone();
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    await credit(books, name);
    const undone = await undo(books, name);
    const journal = undone.ok && undone.value.was === 'credited' ? undone.value.journal : 0n;
    expect(await findJournal(books.web, journal)).toMatchObject({
      kind: 'deposit-reversal',
      deposits: [{ txid: name.txid, vault }],
    });
    expect(await linesOf(journal)).toEqual([
      [clientAccount(client, 'BTC'), '10'],
      [vaultAccount(vault, 'BTC'), '-10'],
    ]);
  });
});

describe('what the database refuses a worker in hostile hands', () => {
  const reversal = (journal: bigint, lines: { account: string; amount: bigint }[]) =>
    postJournal(books.worker, {
      key: `deposit-reversal:forged:${randomUUID()}`,
      kind: 'deposit-reversal',
      operation: null,
      usesHold: false,
      lines,
      corrects: journal,
      at: new Date(),
    });
  const credited = async (client: string): Promise<bigint> => {
    const name = chainName(randomUUID());
    await see(books, arrivalOf(name, client, 10n));
    const answer = await credit(books, name);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value.journal;
  };

  it.each([
    ['without a deposit that ended', 10n, 0],
    ['of another amount', 9n, 0],
    ['from somebody else', 10n, 1],
  ])('is a reversal %s', async (_, amount, of) => {
    const owners = [someone(), someone()];
    const [journal] = [await credited(owners[0] ?? ''), await credited(owners[1] ?? '')];
    const answer = reversal(journal, [
      { account: clientAccount(owners[of] ?? '', 'BTC'), amount },
      { account: vaultAccount(vault, 'BTC'), amount: -amount },
    ]);
    expect(sqlStateOf(await answer.catch((error: unknown) => error))).toBe('CS004');
  });

  it('is a deposit that makes good what nobody’s reversal left missing', async () => {
    const client = someone();
    const journal = await credited(client);
    const answer = postJournal(books.worker, {
      key: `deposit:forged:${randomUUID()}`,
      kind: 'deposit',
      operation: null,
      usesHold: false,
      lines: [
        { account: vaultAccount(vault, 'BTC'), amount: 5n },
        { account: missingOf(client, 'BTC'), amount: -5n },
      ],
      corrects: journal,
      at: new Date(),
    });
    expect(sqlStateOf(await answer.catch((error: unknown) => error))).toBe('CS004');
  });

  it.each([
    ['another amount of one that was credited', `update deposit set amount = amount + 1`],
    ['another amount of one that is pending', `update deposit_pending set amount = amount + 1`],
    ['another client', `update deposit_pending set client_id = null`],
    ['a reversal that is none any more', `delete from deposit_reversal`],
    ['the place where another one is', `update deposit_moved set txid = ''`],
    ['a move that is none any more', `delete from deposit_moved`],
  ])('is %s', async (_, sql) => {
    const answer = books.worker.$executeRawUnsafe(sql);
    expect(sqlStateOf(await answer.catch((error: unknown) => error))).toBe('42501');
  });

  it('is a second credit of a deposit that was not reversed', async () => {
    const client = someone();
    await credited(client);
    const again = books.worker.$executeRaw`
      insert into deposit (chain, txid, vault_id, place, appearance, asset, amount, client_id, from_address, slot, journal_id)
        select chain, txid, vault_id, place, 2, asset, amount, client_id, from_address, slot, journal_id from deposit
          where client_id = ${client}`;
    expect(sqlStateOf(await again.catch((error: unknown) => error))).toBe('CS002');
  });
});
