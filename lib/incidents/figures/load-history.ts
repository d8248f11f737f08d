/** What happened in a period: incidents by month and cause, and how long each step took. Read in one pass. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Timing } from '../desk/incident-filter.ts';
import { causePrefix, rootCauses, type RootCause } from '../desk/life.ts';
import { endOf, monthsOf, startOf, type Period } from './period.ts';

export type Cause = RootCause | 'unknown';
export type CauseCounts = Readonly<Record<Cause, number>>;

/** Times in minutes from one moment to the next; null where no incident of the period has both. */
export type MeanTimes = Readonly<Record<Timing, { minutes: number; of: number } | null>>;

export type History = {
  byCause: { month: string; counts: CauseCounts }[];
  noticed: { total: number; major: number };
  means: MeanTimes;
};

/** One month and cause; or, without a month, all of them together. */
type Row = {
  month: string | null;
  /** First word of the detailed cause, which says the high-level one. */
  cause: string | null;
  count: number;
  major: number;
} & Record<'detect' | 'classify' | 'contain' | 'recover', number | null> &
  Record<'detect_of' | 'classify_of' | 'contain_of' | 'recover_of', number>;

const causeByWord: ReadonlyMap<string, RootCause> = new Map(
  (Object.keys(causePrefix) as RootCause[]).map((cause) => [
    causePrefix[cause].split('_')[0] ?? '',
    cause,
  ]),
);

export async function loadHistory(tx: Tx, period: Period): Promise<History> {
  const rows = await tx.$queryRaw<Row[]>`
    select to_char(month, 'YYYY-MM') as month, cause, count, major, detect, detect_of, classify, classify_of,
        contain, contain_of, recover, recover_of
      from (
        select month, cause, count(*)::int as count, count(*) filter (where class = 'major')::int as major,
            (avg(extract(epoch from d - o)) / 60)::float8 as detect, count(d - o)::int as detect_of,
            (avg(extract(epoch from c - d)) / 60)::float8 as classify, count(c - d)::int as classify_of,
            (avg(extract(epoch from n - d)) / 60)::float8 as contain, count(n - d)::int as contain_of,
            (avg(extract(epoch from r - d)) / 60)::float8 as recover, count(r - d)::int as recover_of
          from (
            select date_trunc('month', detected_at at time zone 'UTC') as month, split_part(cause, '_', 1) as cause, class,
                detected_at as d, occurred_at as o, classified_at as c, contained_at as n, recovered_at as r
              from incident_standing
              where detected_at >= ${startOf(period.from)} and detected_at < ${endOf(period.until)}
                and state <> 'dropped' and sort = 'incident') i
          group by grouping sets ((month, cause), ())) t`;
  const whole = rows.find(({ month }) => month === null);
  const months = new Map(monthsOf(period).map((month) => [month, noCounts()]));
  for (const { month, cause, count } of rows) {
    const counts = month === null ? undefined : months.get(month);
    if (counts) counts[causeByWord.get(cause ?? '') ?? 'unknown'] += count;
  }
  return {
    byCause: [...months].map(([month, counts]) => ({ month, counts })),
    noticed: { total: whole?.count ?? 0, major: whole?.major ?? 0 },
    means: {
      detect: mean(whole?.detect, whole?.detect_of),
      classify: mean(whole?.classify, whole?.classify_of),
      contain: mean(whole?.contain, whole?.contain_of),
      recover: mean(whole?.recover, whole?.recover_of),
    },
  };
}

const noCounts = (): Record<Cause, number> =>
  Object.fromEntries([...Object.keys(rootCauses), 'unknown'].map((cause) => [cause, 0])) as Record<
    Cause,
    number
  >;

const mean = (minutes: number | null | undefined, of = 0) =>
  minutes === null || minutes === undefined ? null : { minutes: Math.round(minutes), of };
