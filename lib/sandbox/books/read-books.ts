/** What reconciliation says is missing of an asset, as far as the source's own role may read it. */
import { withClient } from '#lib/platform/db/owner-client.ts';

/**
 * A place that nobody compared for so long may hide anything, in milliseconds. Every place is compared
 * as each day (UTC) begins; two hours are for runs that wait and take long.
 */
const silentAfterMs = 26 * 3_600_000;

type Row = { shortfall: string; compared_at: Date | null };

const question = `
  select
    (select coalesce(max(-amount), 0)::text from break_record
      where asset = $1 and cause <> 'timing' and amount < 0
        and (state <> 'closed' or closed_by <> 'match' and not break_closing_proved(id))) as shortfall,
    (select min(newest) from (
      select coalesce(max(at) filter (where at <= $2), to_timestamp(0)) as newest
        from reconciliation_run where asset = $1 group by kind, place
    ) as places) as compared_at`;

/** Whoever asks waits two seconds in all. */
const limits = { name: 'books', connectMs: 1_000, answerMs: 1_000 };

/**
 * The largest open break by which less of the asset is there than the books say, timing aside; in the
 * smallest unit, '0' for none. One that people closed counts until the worker has verified what both signed:
 * whoever writes in the web server's place can say that they did.
 * @param url of the database, as the source's own role; a connection for each question.
 * @returns null where the asset was never compared, or one of its places not lately: nothing is known then. A
 *   run that is dated ahead of the source's clock is none.
 */
export async function readShortfall(url: string, asset: string, now: Date): Promise<string | null> {
  const { rows } = await withClient(url, limits, (client) =>
    client.query<Row>(question, [asset, now]),
  );
  const [row] = rows;
  if (!row?.compared_at) return null;
  return now.getTime() - row.compared_at.getTime() <= silentAfterMs ? row.shortfall : null;
}
