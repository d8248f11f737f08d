/** How many records of resilience there are of each kind, state and grade, and how many are over their day. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { kindsOf, type Kind } from './kinds.ts';

export type Figure = {
  kind: Kind;
  state: string | null;
  grade: string | null;
  count: number;
  /** Of them, those whose day lies behind. */
  overdue: number;
};

/** Records in use. `listRecords` with the same kind, state, grade and day opens what a figure counts. */
export async function viewFigures(actor: Actor, context: Context): Promise<Result<Figure[]>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  return ok(await loadFigures(context.db, dayOf(context.clock())));
}

/** Read from what the database adds up as records change, and from an index of their days. @param today yyyy-mm-dd. */
export const loadFigures = (tx: Pick<Tx, '$queryRaw'>, today: string): Promise<Figure[]> =>
  tx.$queryRaw<Figure[]>`
    with late as (select kind, coalesce(state, '') as state, coalesce(grade, '') as grade, count(*)::int as count
        from resilience_current where not retired and due_on < ${today}::date group by 1, 2, 3),
      all_of as (select kind, state, grade, sum(count)::int as count from resilience_tally
        where count > 0 and kind = any (${[...kindsOf.resilience]}::text[]) group by 1, 2, 3)
    select a.kind, nullif(a.state, '') as state, nullif(a.grade, '') as grade, a.count, coalesce(l.count, 0) as overdue
      from all_of a left join late l using (kind, state, grade) order by a.kind, 2, 3`;
