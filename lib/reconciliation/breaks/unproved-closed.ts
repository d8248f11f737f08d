/**
 * Breaks that are closed in two people's names although the worker found that they did not sign it. The next run of
 * their place opens them; until then whoever lists or counts what is open counts them as well.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** More than ever stand so at once: each opened an incident. */
const idsMax = 1_000;

/** Ids of the breaks whose newest closing was verified and is not proved. */
export async function unprovedClosed(db: Database | Tx): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select b.id::text as id
      from break_closing_check c join break_event e on e.id = c.event_id join break_record b on b.id = e.break_id
      where c.fault is not null and b.state = 'closed' and b.closed_by is distinct from 'match'
        and not exists (select from break_event n
          where n.break_id = e.break_id and n.what = 'accepted' and n.revision > e.revision)
      order by b.id limit ${idsMax}`;
  return rows.map(({ id }) => id);
}

/** Breaks that are open, or closed by nobody as far as is proved. @param unproved of {@link unprovedClosed}. */
export const isOpen = (unproved: readonly string[]) =>
  ({
    OR: [{ state: { not: 'closed' } }, { id: { in: [...unproved] } }],
  }) satisfies Prisma.BreakRecordWhereInput;

/** The others. */
export const isClosed = (unproved: readonly string[]) =>
  ({ state: 'closed', id: { notIn: [...unproved] } }) satisfies Prisma.BreakRecordWhereInput;
