import type { Period } from '#lib/platform/period.ts';
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { BoardPack } from './pack.ts';

/** Time limits that were due in the period, by clock. One that still runs past its limit is missed. */
export function loadClocks(
  tx: Pick<Tx, '$queryRaw'>,
  { from, until }: Period,
  now: Date,
): Promise<BoardPack['clocks']> {
  return tx.$queryRaw<BoardPack['clocks']>`
    select clock, count(*) filter (where state = 'met')::int as kept,
        count(*) filter (where state <> 'met')::int as missed
      from incident_clock
      where due_at >= ${startOfDay(from)} and due_at < ${endOfDay(until)}
        and (state in ('met', 'late') or (state = 'running' and due_at < ${now}))
      group by clock order by clock limit 40`;
}
