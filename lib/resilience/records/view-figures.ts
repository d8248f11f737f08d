/** How many records there are of each kind, state and grade, and how many are over their day. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import type { Kind } from './kinds.ts';

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

/** Counted from an index without reading the rows. @param today yyyy-mm-dd. */
export const loadFigures = (tx: Pick<Tx, '$queryRaw'>, today: string): Promise<Figure[]> =>
  tx.$queryRaw<Figure[]>`
    select kind, state, grade, count(*)::int as count, (count(*) filter (where due_on < ${today}::date))::int as overdue
      from resilience_current where not retired group by kind, state, grade order by kind, state, grade`;
