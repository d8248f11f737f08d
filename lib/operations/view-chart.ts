/** The chart of accounts as its screen shows it: a tree of kinds and assets with sums, and the accounts. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import {
  chartPage,
  chartTotals,
  type ChartStart,
  type ChartTotal,
} from '#lib/ledger/chart/find-accounts.ts';
import { chartAsked, readChartFilter } from '#lib/ledger/chart/filter.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { amountText, vaultNames } from './ledger-text.ts';

type Sums = { debits: string; credits: string; balance: string };
export type ChartBranch = { asset: string; accounts: number } & Sums;

export type ChartView = {
  /** Kinds in the order of the chart, each with its assets. Amounts are exact decimal text. */
  tree: { kind: string; accounts: number; branches: ChartBranch[] }[];
  /** Both sides of every account of an asset; none where only some of its accounts were asked for. */
  totals: { asset: string; debits: string; credits: string; isEqual: boolean }[];
  accounts: ({ account: string; kind: string; asset: string; vaultName: string | null } & Sums)[];
  next: string | null;
  back: string | null;
  asked: ReturnType<typeof chartAsked>;
  /** Why what was asked for can't be answered; nothing is listed then. */
  problem: string | null;
};

const accountsShown = 50;
const cursor = z.string().regex(/^[a-z-]{3,20}\/[A-Za-z0-9-]{1,64}\/[A-Z0-9]{2,12}$/);

export async function viewChart(
  actor: Actor,
  input: { asked: Asked; after: string | null; before: string | null },
  context: Context,
): Promise<Result<ChartView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const asked = chartAsked(input.asked);
  const filter = readChartFilter(input.asked);
  if (!filter.ok)
    return ok({
      tree: [],
      totals: [],
      accounts: [],
      next: null,
      back: null,
      asked,
      problem: filter.refusal.sentence,
    });
  const start = startAt('on', input.after) ?? startAt('back', input.before);
  return inSnapshot(context.db, async (db) => {
    const totals = await chartTotals(db, filter.value);
    const { kind: only, name } = filter.value;
    const page = await chartPage(db, totals, { name, start, limit: accountsShown });
    const names = await vaultNames(db);
    return ok({
      tree: [...Map.groupBy(totals, ({ kind }) => kind)].map(([kind, branches]) => ({
        kind,
        accounts: branches.reduce((sum, { accounts }) => sum + accounts, 0),
        branches: branches.map((total) => ({
          asset: total.asset,
          accounts: total.accounts,
          ...sumsOf(total),
        })),
      })),
      totals: only === null && name === null ? assetTotals(totals) : [],
      accounts: page.accounts.map((row) => {
        const [kind, owner = ''] = row.account.split('/');
        return {
          account: row.account,
          kind: row.kind,
          asset: row.asset,
          vaultName: kind === 'vault' ? (names.get(owner) ?? owner) : null,
          ...sumsOf(row),
        };
      }),
      next: page.next,
      back: page.back,
      asked,
      problem: null,
    });
  });
}

/** Every journal has both sides of each asset, so over all accounts of one they are equal. */
function assetTotals(totals: readonly ChartTotal[]): ChartView['totals'] {
  const sumOf = (rows: readonly ChartTotal[], side: 'debits' | 'credits'): bigint =>
    rows.reduce((sum, row) => sum + BigInt(row[side]), 0n);
  return [...Map.groupBy(totals, ({ asset }) => asset)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([asset, rows]) => {
      const [debits, credits] = [sumOf(rows, 'debits'), sumOf(rows, 'credits')];
      return {
        asset,
        debits: amountText(debits, asset),
        credits: amountText(credits, asset),
        isEqual: debits === credits,
      };
    });
}

function startAt(way: ChartStart['way'], text: string | null): ChartStart | null {
  const from = cursor.safeParse(text);
  return from.success ? { way, from: from.data } : null;
}

function sumsOf(row: { kind: string; asset: string; debits: string; credits: string }): Sums {
  const debit = BigInt(row.debits) - BigInt(row.credits);
  return {
    debits: amountText(row.debits, row.asset),
    credits: amountText(row.credits, row.asset),
    balance: amountText(hasCreditBalance(row.kind) ? -debit : debit, row.asset),
  };
}
