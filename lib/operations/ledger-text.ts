/** The ledger's figures as screens print them, and the numbers people know operations by. */
import { assetFacts } from '#lib/chains/assets.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

/** Exact decimal text of an amount in the smallest unit. */
export const amountText = (units: string | bigint, asset: string): string =>
  formatAmount(BigInt(units), assetFacts(asset).decimals);

type Totals = { id: string; kind: string; debits: Decimal; credits: Decimal };
type Decimal = Parameters<typeof unitsOf>[0];

/** What the account stands at on its normal side, in the smallest unit. */
export function normalBalance({ kind, debits, credits }: Totals): bigint {
  const debit = unitsOf(debits) - unitsOf(credits);
  return hasCreditBalance(kind) ? -debit : debit;
}

/** Numbers such as WD-2026-000001 by operation id. */
export async function numbersOf(
  operations: readonly (string | null)[],
  context: Context,
): Promise<ReadonlyMap<string, string>> {
  const ids = operations.filter((id) => id !== null);
  const rows = await context.db.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true },
  });
  return new Map(rows.map((row) => [row.id, row.number]));
}
