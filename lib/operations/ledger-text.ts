/** The ledger's figures as screens print them, and the numbers people know operations by. */
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';

/** Exact decimal text of an amount in the smallest unit. */
export const amountText = (units: string | bigint, asset: string): string =>
  formatAmount(BigInt(units), decimalsShown(asset));

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
  db: Database | Tx,
): Promise<ReadonlyMap<string, string>> {
  const ids = operations.filter((id) => id !== null);
  const rows = await db.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true },
  });
  return new Map(rows.map((row) => [row.id, row.number]));
}

/** What people call the vaults, by id. There are tens of them. */
export async function vaultNames(db: Database | Tx): Promise<ReadonlyMap<string, string>> {
  const vaults = await db.vault.findMany({ select: { id: true, name: true }, take: 1000 });
  return new Map(vaults.map((vault) => [vault.id, shownText(vault.name)]));
}

/** A line of a journal in two columns, as books are kept; one of the two is null. */
export type LineView = {
  account: string;
  /** What people call the vault, null for any other account. */
  vaultName: string | null;
  asset: string;
  debit: string | null;
  credit: string | null;
};

/** @param line its amount in the smallest unit; positive is a debit, negative a credit. */
export function lineView(
  { account, asset, amount }: { account: string; asset: string; amount: string },
  names: ReadonlyMap<string, string>,
): LineView {
  const [kind, name = ''] = account.split('/');
  const units = BigInt(amount);
  return {
    account,
    vaultName: kind === 'vault' ? (names.get(name) ?? name) : null,
    asset,
    debit: units > 0n ? amountText(units, asset) : null,
    credit: units < 0n ? amountText(-units, asset) : null,
  };
}
