/** The chart of accounts as CSV that is written while it is read: every balance at one close of the books. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import { balancesAtClose } from '#lib/ledger/chart/balances-at-close.ts';
import { chartPage, chartTotals, type ChartStart } from '#lib/ledger/chart/find-accounts.ts';
import { chartAsked, readChartFilter, type ChartFilter } from '#lib/ledger/chart/filter.ts';
import type { Close } from '#lib/ledger/close-books.ts';
import { plainDecimal } from '#lib/ledger/statements/words.ts';
import type { Context } from '#lib/platform/context.ts';
import { csvOf, type Cell } from '#lib/platform/csv.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { inSlot, onceRecorded } from './export-slots.ts';
import type { ExportFile } from './view-movements-file.ts';

/** Accounts in one file; a file that ends here says so in its last row. */
export const accountsMax = 1_000_000;
const accountsAtOnce = 1_000;

const columns = [
  'account',
  'kind',
  'asset',
  'normal side',
  'balance',
  'books closed at',
  'up to journal',
];

/** Who takes it is on record before the first byte leaves. */
export async function viewChartFile(
  actor: Actor,
  input: { asked: Asked; max?: number },
  { db, clock }: Context,
): Promise<Result<ExportFile>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const filter = readChartFilter(input.asked);
  if (!filter.ok) return filter;
  const close = await db.ledgerClose.findFirst({ orderBy: { closedAt: 'desc' } });
  if (!close)
    return refuse(
      'not-closed-yet',
      'The books have not been closed yet, so there is no position to write. They are closed every minute; download it again then.',
    );
  const wanted = { filter: filter.value, close, max: input.max ?? accountsMax };
  const slot = inSlot(() => chartRows(db, wanted));
  if (!slot.ok) return slot;
  await onceRecorded(slot.value, () =>
    inTransaction(db, (tx) =>
      appendAudit(tx, {
        kind: 'ledger-exported',
        subject: 'chart',
        actor: actor.personId,
        at: clock(),
        facts: {
          what: 'chart',
          upToJournal: close.lastJournal.toString(),
          filters: Object.keys(chartAsked(input.asked)).join(' '),
        },
      }),
    ),
  );
  return ok({ name: 'chart-of-accounts.csv', pieces: slot.value });
}

type Wanted = { filter: ChartFilter; close: Close; max: number };

async function* chartRows(db: Database, { filter, close, max }: Wanted): AsyncGenerator<string> {
  yield csvOf([columns]);
  const branches = await chartTotals(db, filter);
  let left = max;
  for (let start: ChartStart | null = null; ;) {
    const limit = Math.min(accountsAtOnce, left);
    const page = await chartPage(db, branches, { name: filter.name, start, limit });
    const balances = await balancesAtClose(
      db,
      page.accounts.map(({ account }) => account),
      close,
    );
    yield csvOf(
      page.accounts.map(({ account, kind, asset }): Cell[] => {
        const debit = balances.get(account) ?? 0n;
        const isCredit = hasCreditBalance(kind);
        const units = (isCredit ? -debit : debit).toString();
        return [
          account,
          kind,
          asset,
          isCredit ? 'credit' : 'debit',
          { figure: plainDecimal(units, decimalsShown(asset)) },
          close.closedAt.toISOString(),
          { figure: close.lastJournal.toString() },
        ];
      }),
    );
    left -= page.accounts.length;
    if (page.next === null) return;
    if (left === 0) {
      yield csvOf([
        [
          `This file ends here: it has ${max} accounts and there are more. Ask for one kind or asset.`,
        ],
      ]);
      return;
    }
    start = { way: 'on', from: page.next };
  }
}
