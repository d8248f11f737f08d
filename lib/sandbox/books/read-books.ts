/** What reconciliation says is missing of an asset, as far as the source's own role may read it. */
import type { Database } from '#lib/platform/db/client.ts';

/**
 * A place that nobody compared for so long may hide anything, in milliseconds. Every place is compared
 * each day, so one day may have been missed.
 */
const silentAfterMs = 2 * 86_400_000;

type Row = { shortfall: string; comparedAt: Date | null };

/**
 * The largest open break by which less of the asset is there than the books say, timing aside; in the
 * smallest unit, '0' for none.
 * @returns null where the asset was never compared, or one of its places not lately: nothing is known then.
 */
export async function readShortfall(
  db: Database,
  asset: string,
  now: Date,
): Promise<string | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT
      (SELECT coalesce(max(-amount), 0)::text FROM break_record
        WHERE asset = ${asset} AND state <> 'closed' AND cause <> 'timing' AND amount < 0) AS shortfall,
      (SELECT min(newest) FROM (
        SELECT max(at) AS newest FROM reconciliation_run
        WHERE asset = ${asset} GROUP BY kind, place) AS places) AS "comparedAt"`;
  if (!row?.comparedAt) return null;
  return now.getTime() - row.comparedAt.getTime() <= silentAfterMs ? row.shortfall : null;
}
