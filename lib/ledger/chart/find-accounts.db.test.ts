import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillBooks } from '../bench/fill.ts';
import { closeBooks, deposit, openBooks, type Books } from '../testing/books.ts';
import { chartPage, chartTotals, type ChartPage, type ChartStart } from './find-accounts.ts';

let books: Books;
const people = Array.from({ length: 23 }, (_, index) => `C-${1001 + index}`);
const all = { kind: null, asset: null, name: null };

beforeAll(async () => {
  books = await openBooks(people);
  for (const client of people) await deposit(books, client, 5n);
  await deposit(books, null, 7n);
});
afterAll(() => closeBooks(books));

describe('the chart of accounts', () => {
  it('has a branch for each kind and asset, whose debits and credits come out even in each asset', async () => {
    const totals = await chartTotals(books.web, all);
    expect(totals).toEqual([
      { kind: 'client', asset: 'SOL', accounts: 23, debits: '0', credits: '115' },
      { kind: 'suspense', asset: 'SOL', accounts: 1, debits: '0', credits: '7' },
      { kind: 'vault', asset: 'SOL', accounts: 1, debits: '122', credits: '0' },
    ]);
    expect(await chartTotals(books.web, { ...all, name: 'C-101' })).toMatchObject([
      { kind: 'client', accounts: 10, credits: '50' },
    ]);
    expect(await chartTotals(books.web, { ...all, asset: 'BTC' })).toEqual([]);
  });

  it('is read in pages in both directions, each account once and in one order', async () => {
    const totals = await chartTotals(books.web, all);
    const page = (start: ChartStart | null, limit = 10) =>
      chartPage(books.web, totals, { name: null, start, limit });
    const whole = (await page(null, 100)).accounts.map(({ account }) => account);
    expect(whole).toHaveLength(25);
    expect(whole.slice(-3)).toEqual([
      'client/C-1023/SOL',
      'suspense/deposits/SOL',
      'vault/warm-1/SOL',
    ]);
    const pages: ChartPage[] = [];
    for (let start: ChartStart | null = null; ;) {
      const found: ChartPage = await page(start);
      pages.push(found);
      if (found.next === null) break;
      start = { way: 'on', from: found.next };
    }
    expect(pages.flatMap(({ accounts }) => accounts.map(({ account }) => account))).toEqual(whole);
    expect(pages.map(({ back }) => back === null)).toEqual([true, false, false]);
    const second = await page({ way: 'back', from: pages[2]?.back ?? '' });
    expect(second).toEqual(pages[1]);
    expect(await page({ way: 'back', from: second.back ?? '' })).toEqual(pages[0]);
  });

  it('finds a page among fifty thousand accounts by the index', { timeout: 60_000 }, async () => {
    await fillBooks(books.database.urls.owner, {
      first: 6_000_000_000,
      clients: 50_000,
      linesEach: 2,
    });
    const plan = await books.owner.$queryRaw<unknown[]>`
      explain (format json) select * from account a where a.kind = 'client' and a.asset = 'SOL'
          and a.id collate "C" > 'client/C-6000001' and a.id collate "C" < 'client/~'
        order by a.id collate "C" limit 51`;
    expect(JSON.stringify(plan)).toContain('account_kind_asset_id_idx');
    const totals = await chartTotals(books.web, all);
    const found = await chartPage(books.web, totals, {
      name: 'C-600004',
      start: null,
      limit: 50,
    });
    expect(found.accounts[0]?.account).toBe('client/C-6000040000/SOL');
    expect(found.accounts).toHaveLength(50);
  });
});
