/** Every movement of an account that a filter wants, as CSV that is written while it is read. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import type { MovementFilter } from '#lib/ledger/movements/filter.ts';
import { findMovements, type PageStart } from '#lib/ledger/movements/find-movements.ts';
import type { StatementLine } from '#lib/ledger/queries.ts';
import { kindWords, plainDecimal } from '#lib/ledger/statements/words.ts';
import type { Context } from '#lib/platform/context.ts';
import { csvOf, type Cell } from '#lib/platform/csv.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { numbersOf } from '../ledger-text.ts';
import { askedOf, readFilter } from '../movement-filter.ts';
import { inSlot, onceRecorded } from './export-slots.ts';

/** Movements in one file; a file that ends here says so in its last row. */
export const movementsMax = 1_000_000;
const linesAtOnce = 1_000;

const columns = [
  'journal',
  'line',
  'posted at',
  'what',
  'operation',
  'change',
  'balance after',
  'asset',
];

export type ExportFile = { name: string; pieces: AsyncGenerator<string> };

/** Who takes it is on record before the first byte leaves. */
export async function viewMovementsFile(
  actor: Actor,
  input: { account: string; asked: Asked; max?: number },
  { db, clock }: Context,
): Promise<Result<ExportFile>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const account = await db.account.findUnique({ where: { id: input.account } });
  if (!account) return refuse('account-unknown', 'There is no such ledger account.');
  const decimals = decimalsShown(account.asset);
  const filter = readFilter(input.asked, account.id, decimals);
  if (!filter.ok) return filter;
  const wanted = { account: account.id, asset: account.asset, decimals, filter: filter.value };
  const slot = inSlot(() => movementRows(db, { ...wanted, max: input.max ?? movementsMax }));
  if (!slot.ok) return slot;
  await onceRecorded(slot.value, () =>
    inTransaction(db, (tx) =>
      appendAudit(tx, {
        kind: 'ledger-exported',
        subject: account.id,
        actor: actor.personId,
        at: clock(),
        // Which filters were set; what somebody searched for may be anything and stays out of the trail.
        facts: { what: 'movements', filters: Object.keys(askedOf(input.asked)).join(' ') },
      }),
    ),
  );
  return ok({ name: `movements-${account.id.replaceAll('/', '-')}.csv`, pieces: slot.value });
}

type Wanted = {
  account: string;
  asset: string;
  decimals: number;
  filter: MovementFilter;
  max: number;
};

async function* movementRows(db: Database, wanted: Wanted): AsyncGenerator<string> {
  const { account, filter, max } = wanted;
  const isNewestFirst = filter.order === 'newest';
  yield csvOf([columns]);
  let left = max;
  for (let start: PageStart | null = null; ;) {
    const limit = Math.min(linesAtOnce, left);
    const page = await findMovements(db, { account, filter, start, limit });
    yield await rowsOf(db, page.lines, wanted);
    left -= page.lines.length;
    const from: PageStart['from'] | null = isNewestFirst ? page.older : page.newer;
    if (!from) return;
    if (left === 0) {
      yield csvOf([
        [
          `This file ends here: it has ${max} movements and there are more. Ask for fewer days at a time.`,
        ],
      ]);
      return;
    }
    start = { towards: isNewestFirst ? 'older' : 'newer', from };
  }
}

async function rowsOf(
  db: Database,
  lines: readonly StatementLine[],
  { account, asset, decimals }: Wanted,
): Promise<string> {
  const isCredit = hasCreditBalance(account.split('/')[0] ?? '');
  const numbers = await numbersOf(
    lines.map(({ operation }) => operation),
    db,
  );
  return csvOf(
    lines.map((line): Cell[] => [
      { figure: line.journal },
      line.line,
      line.postedAt,
      kindWords(line.kind),
      numbers.get(line.operation ?? '') ?? '',
      {
        figure: plainDecimal(
          (isCredit ? -BigInt(line.amount) : BigInt(line.amount)).toString(),
          decimals,
        ),
      },
      { figure: plainDecimal(line.balance, decimals) },
      asset,
    ]),
  );
}
