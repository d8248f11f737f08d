/** How many clients the custodian serves and how much they move: what reports set an incident against. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type ServiceFigures = {
  /** Clients with an account. */
  clients: number;
  /** Deposits and withdrawals of clients a day, to one decimal. */
  transactionsPerDay: string;
  /** Days that the average is of. */
  days: number;
};

const days = 30;
const dayMs = 86_400_000;

/** Figures of the thirty days before. */
export async function loadServiceFigures(db: Database | Tx, now: Date): Promise<ServiceFigures> {
  const [clients] = await db.$queryRaw<{ count: number }[]>`
    select count(distinct client_id)::int as count from account where client_id is not null`;
  // Journals are numbered in the order of time, so what came since is found by its number.
  const [moved] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from journal
      where kind in ('deposit', 'withdrawal') and id > coalesce((
        select last_journal from ledger_close where closed_at <= ${new Date(now.getTime() - days * dayMs)}
          order by closed_at desc limit 1), 0)`;
  return {
    clients: clients?.count ?? 0,
    transactionsPerDay: (Math.round(((moved?.count ?? 0) * 10) / days) / 10).toFixed(1),
    days,
  };
}
