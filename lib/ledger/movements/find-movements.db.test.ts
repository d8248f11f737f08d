import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { clientAccount, vaultAccount } from '../accounts.ts';
import { fillBooks } from '../bench/fill.ts';
import { closeBooks as close } from '../close-books.ts';
import type { StatementLine } from '../queries.ts';
import {
  asset,
  carryToChain,
  closeBooks,
  confirm,
  deposit,
  openBooks,
  raise,
  vault,
  type Books,
} from '../testing/books.ts';
import { everyMovement, type MovementFilter } from './filter.ts';
import { findMovements, type MovementPage, type PageStart } from './find-movements.ts';

let books: Books;
const [one, two] = ['C-1001', 'C-1002'] as const;
const account = clientAccount(one, asset);
const inVault = vaultAccount(vault, asset);
let operation = '';

type Asked = Partial<MovementFilter>;
const look = async (
  asked: Asked,
  at: { account?: string; start?: PageStart | null; limit?: number; look?: number } = {},
): Promise<MovementPage> => {
  const wanted = at.account ?? account;
  return findMovements(books.web, {
    account: wanted,
    filter: { ...everyMovement, ...asked },
    start: at.start ?? null,
    limit: at.limit ?? 50,
    ...(at.look === undefined ? {} : { look: at.look }),
  });
};
const amounts = ({ lines }: MovementPage): string[] => lines.map(({ amount }) => amount);

beforeAll(async () => {
  books = await openBooks([one, two]);
  for (let round = 1n; round <= 12n; round += 1n) {
    await deposit(books, one, round);
    await deposit(books, two, 100n * round);
  }
  operation = randomUUID();
  await raise(books, operation, one, 30n);
  await carryToChain(books, operation);
  await confirm(books, operation, one, 30n);
  await deposit(books, one, 1_000n);
});
afterAll(() => closeBooks(books));

describe('movements of an account', () => {
  it('have the balance of the whole account after each, whatever the filter leaves out', async () => {
    const all = await look({});
    const standsAt = new Map(all.lines.map(({ journal, balance }) => [journal, balance]));
    expect(all.lines[0]?.balance).toBe('1048');
    const asks: Asked[] = [{ way: 'out' }, { kind: 'deposit' }, { least: 10n }];
    for (const asked of asks) {
      const { lines } = await look(asked);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThan(all.lines.length);
      for (const { journal, balance } of lines) expect(balance).toBe(standsAt.get(journal));
    }
  });

  it('are found by kind, direction, amount, the account on the other side, and what they were booked for', async () => {
    expect(amounts(await look({ way: 'out' }))).toEqual(['30']);
    expect(amounts(await look({ way: 'out' }, { account: inVault }))).toEqual(['-30']);
    expect(amounts(await look({ kind: 'withdrawal' }))).toEqual(['30']);
    expect(amounts(await look({ least: 11n, most: 30n }))).toEqual(['30', '-12', '-11']);
    expect(await look({ other: clientAccount(two, asset) }, { account: inVault })).toMatchObject({
      lines: { length: 12 },
      lookedUpTo: null,
    });
    expect(amounts(await look({ other: 'own-expense/network-fees/SOL' }))).toEqual(['30']);
    expect(amounts(await look({ other: 'client/C-9999/SOL' }))).toEqual([]);
    const row = await books.web.operation.findUniqueOrThrow({ where: { id: operation } });
    for (const find of [operation, row.number]) {
      expect(amounts(await look({ find }))).toEqual(['30']);
      expect(amounts(await look({ find }, { account: inVault }))).toEqual(['-30']);
    }
    expect(amounts(await look({ find: 'nothing-of-this-name' }))).toEqual([]);
  });

  it('are read in pages, in both orders and both ways, each line once', async () => {
    for (const order of ['newest', 'oldest'] as const)
      for (const asked of [{ order }, { order, kind: 'deposit' }]) {
        const whole = (await look(asked)).lines;
        const keys = (lines: readonly StatementLine[]) => lines.map(({ journal }) => journal);
        const pages: MovementPage[] = [];
        for (let start: PageStart | null = null; ;) {
          const page = await look(asked, { start, limit: 5 });
          pages.push(page);
          const from: MovementPage['older'] = order === 'newest' ? page.older : page.newer;
          if (!from) break;
          start = { towards: order === 'newest' ? 'older' : 'newer', from };
        }
        expect(pages.flatMap(({ lines }) => keys(lines))).toEqual(keys(whole));
        expect(pages).toHaveLength(3);
        const last = pages.at(-1);
        const from = order === 'newest' ? last?.newer : last?.older;
        if (!from) throw new Error('The last page leads nowhere back.');
        const towards = order === 'newest' ? 'newer' : 'older';
        const back = await look(asked, { start: { towards, from }, limit: 5 });
        expect(keys(back.lines)).toEqual(keys(pages[1]?.lines ?? []));
      }
  });

  it('are looked through a bounded number at a time, and the search goes on from there', async () => {
    const found: string[] = [];
    let rounds = 0;
    for (let start: PageStart | null = null; ;) {
      const page = await look({ way: 'out' }, { start, look: 4, account: inVault });
      found.push(...amounts(page));
      rounds += 1;
      if (!page.older) break;
      expect(page.lookedUpTo).toBe(page.older.journal);
      start = { towards: 'older', from: page.older };
    }
    expect(found).toEqual(['-30']);
    expect(rounds).toBe(7);
  });

  it('of a day are those posted on it, however the books were closed', async () => {
    await close(books.worker);
    const count = (await look({})).lines.length;
    const day = 86_400_000;
    const from = new Date(Date.now() - day);
    const until = new Date(Date.now() + day);
    expect((await look({ from, until })).lines).toHaveLength(count);
    expect((await look({ from: until })).lines).toEqual([]);
    expect((await look({ until: from })).lines).toEqual([]);
  });
});

/** The same database, and how it would answer each statement. */
function explaining(db: Database): { db: Database; plans: string[] } {
  const plans: string[] = [];
  const asked = new Proxy(db, {
    get(target, name, receiver) {
      if (name !== '$queryRaw') return Reflect.get(target, name, receiver) as unknown;
      return async (strings: TemplateStringsArray, ...values: Prisma.Sql['values']) => {
        const query = Prisma.sql(strings, ...values);
        plans.push(JSON.stringify(await target.$queryRaw`explain (format json) ${query}`));
        return target.$queryRaw(query);
      };
    },
  });
  return { db: asked, plans };
}

describe('with a hundred thousand lines', () => {
  it('every look goes by an index, and none reads all lines', { timeout: 120_000 }, async () => {
    const first = 5_000_000_000;
    const clients = 200;
    await fillBooks(books.database.urls.owner, { first, clients, linesEach: 500 });
    const busy = await books.owner.account.findFirstOrThrow({
      where: { kind: 'vault', id: { startsWith: 'vault/bench-' } },
    });
    const { db, plans } = explaining(books.web);
    const asks: Asked[] = [
      {},
      { order: 'oldest' },
      { kind: 'withdrawal' },
      { way: 'in' },
      { least: 1_000_000_000n, most: 2_000_000_000n },
      { other: busy.id },
      { other: `client/C-${first + 8}/SOL` },
      { find: '7' },
      { from: new Date('2026-01-01'), until: new Date('2999-12-31'), order: 'oldest' },
    ];
    for (const account of [`client/C-${first + 7}/SOL`, busy.id])
      for (const asked of asks.filter(({ other }) => other !== account)) {
        const filter = { ...everyMovement, ...asked };
        await findMovements(db, { account, filter, start: null, limit: 50 });
      }
    expect(plans.length).toBeGreaterThanOrEqual(17);
    for (const plan of plans) {
      expect(plan).toMatch(/posting_account_id_journal_id(?:_amount)?_idx/);
      expect(plan).not.toMatch(/"Seq Scan"[^{}]*"Relation Name":\s*"posting"/);
    }
  });
});
