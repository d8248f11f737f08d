/** Days on which a place should have been compared and was not: an exception of its own. */
import type { Tx } from '#lib/platform/db/transaction.ts';

const dayMs = 86_400_000;
/** Days looked back on; older ones have been seen by then. */
const daysMax = 14;

const dayText = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * @returns for the key of a place its days (UTC) without a finished run, the newest first: from its first
 *   run on, and today where there never was one.
 */
export async function missedDays(tx: Tx, now: Date): Promise<(key: string) => string[]> {
  const rows = await tx.$queryRaw<{ key: string; first: Date; days: string[] | null }[]>`
    select kind || '/' || asset || '/' || place as key, min(at) as first,
        array_agg(distinct to_char(at at time zone 'UTC', 'YYYY-MM-DD'))
          filter (where at > ${new Date(now.getTime() - (daysMax + 1) * dayMs)}) as days
      from reconciliation_run group by kind, asset, place`;
  const known = new Map(rows.map((row) => [row.key, row]));
  return (key) => {
    const row = known.get(key);
    if (!row) return [dayText(now)];
    const had = new Set(row.days ?? []);
    const first = dayText(row.first);
    return Array.from({ length: daysMax }, (_, back) =>
      dayText(new Date(now.getTime() - back * dayMs)),
    ).filter((day) => day > first && !had.has(day));
  };
}
