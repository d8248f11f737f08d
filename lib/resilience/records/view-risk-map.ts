/** How many risks in use stand in each field of the picture of likelihood and impact. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { overAppetite } from './list-records.ts';

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
    const cells = await tx.$queryRaw<(RiskMap['cells'][number] & { overdue: number })[]>`
      select (c.facts -> 'residual' ->> 'likelihood')::int as likelihood,
          (c.facts -> 'residual' ->> 'impact')::int as impact, count(*)::int as count,
          count(*) filter (where ${overAppetite} and c.state = 'open')::int as over,
          count(*) filter (where c.due_on < ${today}::date)::int as overdue
        from resilience_current c where c.kind = 'risk' and not c.retired and c.state <> 'closed'
        group by 1, 2 order by 1, 2`;
    const sum = (of: 'count' | 'over' | 'overdue') =>
      cells.reduce((total, cell) => total + cell[of], 0);
    return ok({
      cells: cells.map(({ likelihood, impact, count, over }) => ({
        likelihood,
        impact,
        count,
        over,
      })),
      count: sum('count'),
      over: sum('over'),
      overdue: sum('overdue'),
    });
  });
}
