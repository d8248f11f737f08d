/** What happened in a period: incidents by month and cause, and how long each step took. Read in one pass. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { timings, type Timing } from '../desk/incident-filter.ts';
import { rootCauses, type RootCause } from '../desk/life.ts';
import { monthsOf, partsOf, type Parts, type Period } from '#lib/platform/period.ts';

export type Cause = RootCause | 'unknown';
export type CauseCounts = Readonly<Record<Cause, number>>;

/** Times in minutes from one moment to the next; null where no incident of the period has both. */
export type MeanTimes = Readonly<Record<Timing, { minutes: number; of: number } | null>>;

export type History = {
  byCause: { month: string; counts: CauseCounts }[];
  noticed: { total: number; major: number };
  means: MeanTimes;
};

type Row = { month: string; incidents: number; major: number } & Record<RootCause, number> &
  Record<`${Timing}_ms` | `${Timing}_of`, number>;

export async function loadHistory(tx: Tx, period: Period): Promise<History> {
  const rows = await rowsOf(tx, partsOf(period));
  const months = new Map(monthsOf(period).map((month) => [month, noCounts()]));
  const total = { incidents: 0, major: 0 };
  const spans = { detect: noSpan(), classify: noSpan(), contain: noSpan(), recover: noSpan() };
  for (const row of rows) {
    const counts = months.get(row.month);
    for (const cause of causes) if (counts) counts[cause] += row[cause];
    const known = causes.reduce((sum, cause) => sum + row[cause], 0);
    if (counts) counts.unknown += row.incidents - known;
    total.incidents += row.incidents;
    total.major += row.major;
    for (const timing of timingNames) {
      spans[timing].ms += row[`${timing}_ms`];
      spans[timing].of += row[`${timing}_of`];
    }
  }
  return {
    byCause: [...months].map(([month, counts]) => ({ month, counts })),
    noticed: { total: total.incidents, major: total.major },
    means: {
      detect: meanOf(spans.detect),
      classify: meanOf(spans.classify),
      contain: meanOf(spans.contain),
      recover: meanOf(spans.recover),
    },
  };
}

const causes = Object.keys(rootCauses) as RootCause[];
const timingNames = Object.keys(timings) as Timing[];
type Span = { ms: number; of: number };
const noSpan = (): Span => ({ ms: 0, of: 0 });
const meanOf = ({ ms, of }: Span) =>
  of === 0 ? null : { minutes: Math.round(ms / of / 60_000), of };

/** Whole months, which the database has added up, from the sum; the days at the edges one by one. */
function rowsOf(tx: Tx, { head, whole, tail }: Parts): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select to_char(month, 'YYYY-MM') as month, sum(incidents)::int as incidents, sum(major)::int as major,
        coalesce(sum(incidents) filter (where cause = 'malicious'), 0)::int as malicious_actions,
        coalesce(sum(incidents) filter (where cause = 'process'), 0)::int as process_failure,
        coalesce(sum(incidents) filter (where cause = 'system'), 0)::int as system_failure_malfunction,
        coalesce(sum(incidents) filter (where cause = 'human'), 0)::int as human_error,
        coalesce(sum(incidents) filter (where cause = 'external'), 0)::int as external_event,
        coalesce(sum(detect_ms), 0) as detect_ms, sum(detect_of)::int as detect_of,
        coalesce(sum(classify_ms), 0) as classify_ms, sum(classify_of)::int as classify_of,
        coalesce(sum(contain_ms), 0) as contain_ms, sum(contain_of)::int as contain_of,
        coalesce(sum(recover_ms), 0) as recover_ms, sum(recover_of)::int as recover_of
      from (
        select month, cause, incidents, major, detect_ms::float8, detect_of, classify_ms::float8, classify_of,
            contain_ms::float8, contain_of, recover_ms::float8, recover_of
          from incident_month where month >= ${whole.from} and month < ${whole.until}
        union all
        ${singly(head)}
        union all
        ${singly(tail)}) t
      group by month`;
}

/** Each incident as what it adds to its month, as the database's own `incident_in_month` says it. */
const singly = ({ from, until }: Parts['head']): Prisma.Sql => Prisma.sql`
  select date_trunc('month', detected_at at time zone 'UTC')::date, split_part(cause, '_', 1), 1, (class = 'major')::int,
      greatest(0, extract(epoch from detected_at - occurred_at)::float8 * 1000), (occurred_at is not null)::int,
      greatest(0, extract(epoch from classified_at - detected_at)::float8 * 1000), (classified_at is not null)::int,
      greatest(0, extract(epoch from contained_at - detected_at)::float8 * 1000), (contained_at is not null)::int,
      greatest(0, extract(epoch from recovered_at - detected_at)::float8 * 1000), (recovered_at is not null)::int
    from incident_standing
    where detected_at >= ${from} and detected_at < ${until} and state <> 'dropped' and sort = 'incident'`;

const noCounts = (): Record<Cause, number> =>
  Object.fromEntries([...Object.keys(rootCauses), 'unknown'].map((cause) => [cause, 0])) as Record<
    Cause,
    number
  >;
