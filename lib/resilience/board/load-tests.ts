import type { Tx } from '#lib/platform/db/transaction.ts';
import { severities } from '../kinds/finding-words.ts';
import { listMax, type BoardPack } from './pack.ts';
import type { QuarterDays } from './quarter.ts';

type Tests = BoardPack['tests'];

/** The testing programme in a quarter, and findings of whatever source. */
export async function loadTests(
  tx: Pick<Tx, '$queryRaw'>,
  { from, until }: QuarterDays,
  today: string,
): Promise<Tests> {
  const [counts] = await tx.$queryRaw<Pick<Tests, 'done' | 'failed' | 'planned' | 'overdue'>[]>`
    select count(*) filter (where state = 'done' and facts ->> 'doneOn' between ${from} and ${until})::int as done,
        count(*) filter (where state = 'done' and grade = 'failed'
          and facts ->> 'doneOn' between ${from} and ${until})::int as failed,
        count(*) filter (where state = 'planned' and due_on >= ${today}::date)::int as planned,
        count(*) filter (where state = 'planned' and due_on < ${today}::date)::int as overdue
      from resilience_current where kind = 'test' and not retired`;
  const overdueList = await tx.$queryRaw<Tests['overdueList']>`
    select number, facts ->> 'type' as type, to_char(due_on, 'YYYY-MM-DD') as "dueOn"
      from resilience_current
      where kind = 'test' and not retired and state = 'planned' and due_on < ${today}::date
      order by due_on, number limit ${listMax}`;
  const doneList = await tx.$queryRaw<Tests['doneList']>`
    select number, facts ->> 'type' as type, facts ->> 'doneOn' as "doneOn", grade as result,
        (select count(*) from resilience_link l join resilience_current f on f.record_id = l.from_id
          where l.to_id = c.record_id and l.field = 'test' and f.kind = 'finding' and not f.retired)::int as findings
      from resilience_current c
      where kind = 'test' and not retired and state = 'done' and facts ->> 'doneOn' between ${from} and ${until}
      order by facts ->> 'doneOn' desc, number desc limit ${listMax}`;
  const found = await tx.$queryRaw<Tests['findings']>`
    select grade as severity, count(*) filter (where facts ->> 'foundOn' between ${from} and ${until})::int as found,
        count(due_on)::int as open, count(*) filter (where due_on < ${today}::date)::int as overdue
      from resilience_current where kind = 'finding' and not retired group by grade`;
  return {
    ...(counts ?? { done: 0, failed: 0, planned: 0, overdue: 0 }),
    overdueList,
    doneList,
    findings: Object.keys(severities).map(
      (severity) =>
        found.find((one) => one.severity === severity) ?? {
          severity,
          found: 0,
          open: 0,
          overdue: 0,
        },
    ),
  };
}
