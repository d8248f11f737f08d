/** Bank accounts with at least one statement: before it there is nothing to hold the books against. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Place } from '../place.ts';

/** There are a few accounts, not thousands. */
const accountsMax = 1_000;

export async function bankPlaces(
  db: Database | Tx,
): Promise<{ place: Place; isHourly: boolean }[]> {
  const accounts = await db.bankAccount.findMany({
    where: { statements: { some: {} } },
    orderBy: { id: 'asc' },
    take: accountsMax,
    select: { id: true, currency: true },
  });
  return accounts.map(({ id, currency }) => ({
    place: { kind: 'bank' as const, asset: currency, place: id },
    isHourly: false,
  }));
}
