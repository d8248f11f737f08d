/** What was set aside at a close, per client. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { PendingHold } from './content.ts';
import type { StatementScope } from './scope.ts';

/** More open withdrawals of one client than anybody has; a statement with more is refused. */
export const holdsMax = 2000;

type Row = { client: string; operation: string; asset: string; amount: string; since: Date };

/**
 * Holds that stood at the close, oldest first. One that ended in a journal ends where that journal
 * does; the other ends, and beginnings, are told by their time.
 */
export async function holdsAt(
  db: Database | Tx,
  { close }: StatementScope,
  clients: readonly string[],
  decimalsOf: (asset: string) => number,
): Promise<Map<string, PendingHold[]>> {
  const rows = await db.$queryRaw<Row[]>`
    select a.client_id as client, o.number as operation, a.asset, h.amount::text as amount,
        h.placed_at as since
      from account a
        join hold h on h.account_id = a.id
        join operation o on o.id = h.operation_id
        left join hold_resolution r on r.hold_id = h.id
      where a.client_id = any(${[...clients]}::text[]) and h.placed_at <= ${close.closedAt}
        and (r.hold_id is null or case when r.journal_id is null
          then r.resolved_at > ${close.closedAt} else r.journal_id > ${close.lastJournal} end)
      order by a.client_id, h.placed_at, h.id limit ${holdsMax * clients.length + 1}`;
  const holds = new Map<string, PendingHold[]>();
  for (const { client, operation, asset, amount, since } of rows) {
    const own = holds.get(client) ?? [];
    own.push({ operation, asset, decimals: decimalsOf(asset), amount, since: since.toISOString() });
    holds.set(client, own);
  }
  return holds;
}
