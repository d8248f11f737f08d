/** What came out in a period: tests, tests of plans, and what was found. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { periodsOffered, readPeriod, usualPeriod, type Period } from '#lib/platform/period.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';

type Counts = {
  tests: number;
  testsFailed: number;
  planTests: number;
  planTestsPartly: number;
  planTestsFailed: number;
  findings: number;
  findingsAtRest: number;
};

export type Results = Counts & {
  period: Period;
  offered: { label: string; period: Period }[];
  /** Why the period is not the one that was asked for; null where it is. */
  refused: string | null;
};

/**
 * Counts by the day on which something was done or found. `listRecords` with the same days opens what is counted.
 * @param asked `from` and `until`; the twelve months that end today where they are missing or no period.
 */
export async function viewResults(
  actor: Actor,
  asked: Asked,
  context: Context,
): Promise<Result<Results>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const now = context.clock();
  const read = readPeriod(asked, now);
  const period = read.ok ? read.value : usualPeriod(now);
  const { from, until } = period;
  const [counts] = await context.db.$queryRaw<Counts[]>`
    with done as (select kind, state, grade from resilience_current
      where kind in ('test', 'plan-test') and not retired and facts ->> 'doneOn' between ${from} and ${until}
      union all select kind, state, grade from resilience_current
      where kind = 'finding' and not retired and facts ->> 'foundOn' between ${from} and ${until})
    select count(*) filter (where kind = 'test')::int as tests,
        count(*) filter (where kind = 'test' and grade = 'failed')::int as "testsFailed",
        count(*) filter (where kind = 'plan-test')::int as "planTests",
        count(*) filter (where kind = 'plan-test' and state = 'partly')::int as "planTestsPartly",
        count(*) filter (where kind = 'plan-test' and state = 'failed')::int as "planTestsFailed",
        count(*) filter (where kind = 'finding')::int as findings,
        count(*) filter (where kind = 'finding' and state in ('validated', 'accepted'))::int as "findingsAtRest"
      from done`;
  if (!counts) throw new Error('The database counted nothing, not even none.');
  return ok({
    ...counts,
    period,
    offered: periodsOffered(now),
    refused: read.ok ? null : read.refusal.sentence,
  });
}
