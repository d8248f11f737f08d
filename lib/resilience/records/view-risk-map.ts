/** How many risks in use stand in each field of the picture of likelihood and impact. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';

export type RiskMap = {
  /** Residual ratings that any open or accepted risk has. */
  cells: { likelihood: number; impact: number; count: number; over: number }[];
  /** Over the appetite and not accepted by name. */
  over: number;
  /** Whose review is overdue. */
  overdue: number;
  count: number;
};

export async function viewRiskMap(actor: Actor, context: Context): Promise<Result<RiskMap>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const today = dayOf(context.clock());
  return inSnapshot(context.db, async (tx) => {
    const cells = await tx.$queryRaw<RiskMap['cells']>`
      select split_part(rating, 'x', 1)::int as likelihood, split_part(rating, 'x', 2)::int as impact,
          sum(count)::int as count, coalesce(sum(count) filter (where over and state = 'open'), 0)::int as over
        from resilience_tally where kind = 'risk' and state <> 'closed' and count > 0
        group by 1, 2 order by 1, 2`;
    const [late] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from resilience_current
        where kind = 'risk' and not retired and state <> 'closed' and due_on < ${today}::date`;
    const sum = (of: 'count' | 'over') => cells.reduce((total, cell) => total + cell[of], 0);
    return ok({ cells, count: sum('count'), over: sum('over'), overdue: late?.count ?? 0 });
  });
}
