import type { Tx } from '#lib/platform/db/transaction.ts';
import { topRisksMax, type BoardPack } from './pack.ts';

type Risks = BoardPack['risks'];

/** The register of risks as it stands: the largest by what is left of them, and what is beyond bounds. */
export async function loadRisks(tx: Pick<Tx, '$queryRaw'>, today: string): Promise<Risks> {
  const [counts] = await tx.$queryRaw<Omit<Risks, 'top'>[]>`
    with r as (select state, due_on, (facts ->> 'appetite')::int as appetite,
          (facts -> 'residual' ->> 'likelihood')::int * (facts -> 'residual' ->> 'impact')::int as score
        from resilience_current where kind = 'risk' and not retired and state <> 'closed')
    select count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'accepted')::int as accepted,
        count(*) filter (where score > appetite)::int as "overAppetite",
        count(*) filter (where due_on < ${today}::date)::int as "reviewsOverdue" from r`;
  const top = await tx.$queryRaw<Risks['top']>`
    select number, facts ->> 'category' as category,
        (facts -> 'residual' ->> 'likelihood')::int * (facts -> 'residual' ->> 'impact')::int as score,
        (facts ->> 'appetite')::int as appetite, state, to_char(due_on, 'YYYY-MM-DD') as "reviewOn"
      from resilience_current where kind = 'risk' and not retired and state <> 'closed'
      order by score desc, number limit ${topRisksMax}`;
  return { ...(counts ?? { open: 0, accepted: 0, overAppetite: 0, reviewsOverdue: 0 }), top };
}
