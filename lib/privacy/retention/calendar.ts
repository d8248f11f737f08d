/** What falls due by each rule in the months that come, counted from the days from which periods count. */
import { monthsLater } from '#lib/incidents/days.ts';
import { dayMs, dayOf, startOfDay } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { answeredAt, answeredStates } from '../requests/answered-at.ts';
import { newestTrigger } from './due.ts';
import { categoryOf, type RunCode } from './schedule.ts';

export const monthsAhead = 24;

/** Rules with a period; what goes when something ends has no month that could be told. */
export const calendarCodes = [
  'aml-relationship',
  'micar-records',
  'tax-reporting',
  'request-files',
  'hold-files',
  'breach-files',
] as const satisfies readonly RunCode[];
export type CalendarLine = {
  code: (typeof calendarCodes)[number];
  /** How many fall due in each month; the first counts what is over already, too. */
  counts: number[];
};

/** @param day YYYY-MM-DD. @returns the months as YYYY-MM, this one first, each with its last day. */
export function monthsFrom(day: string): { month: string; lastDay: string }[] {
  const first = `${day.slice(0, 7)}-01`;
  return Array.from({ length: monthsAhead }, (_, place) => {
    const next = startOfDay(monthsLater(first, place + 1));
    return {
      month: monthsLater(first, place).slice(0, 7),
      lastDay: dayOf(new Date(next.getTime() - dayMs)),
    };
  });
}

const sources: Readonly<Record<CalendarLine['code'], Prisma.Sql>> = {
  // From when due diligence counts, which is the end of the relationship of the client; none while it goes on.
  'aml-relationship': Prisma.sql`select c.day from retention_end e cross join lateral (
    select max(tie_ended_on(o.until, o.ends_recorded)) as day
    from person_tie t join person_tie o on o.client_id = t.client_id
    where t.person_id = e.person_id having bool_and(o.until is not null)) c`,
  'tax-reporting': Prisma.sql`select (date_trunc('year', e.ended_on) + interval '1 year - 1 day')::date as day
    from retention_end e where exists (select from person_value v where v.person_id = e.person_id and v.field = 'tax-number')`,
  'micar-records': Prisma.sql`select ended_on as day from retention_end`,
  'request-files': Prisma.sql`select (${answeredAt} at time zone 'UTC')::date as day from privacy_request_standing s
    where s.state = any (${answeredStates})
      and exists (select from privacy_request_text t where t.request_id = s.request_id and t.sealed is not null)`,
  'hold-files': Prisma.sql`select (s.lifted_at at time zone 'UTC')::date as day from privacy_hold_standing s
    where s.state = 'lifted' and not still_keeps('hold', s.hold_id, s.state)
      and exists (select from privacy_hold_text t where t.hold_id = s.hold_id and t.sealed is not null)`,
  'breach-files': Prisma.sql`select (s.closed_at at time zone 'UTC')::date as day from privacy_breach_standing s
    where s.state in ('closed', 'not-a-breach')
      and not exists (select from privacy_breach_erasure e where e.breach_id = s.breach_id and e.erased_at is not null)`,
};

export async function countCalendar(
  tx: Tx,
  today: string,
): Promise<{ months: string[]; lines: CalendarLine[] }> {
  const months = monthsFrom(today);
  const lines: CalendarLine[] = [];
  for (const code of calendarCodes) {
    const { period } = categoryOf(code);
    if (period === null) continue;
    const ends = months.map(({ lastDay }) => startOfDay(newestTrigger(period, lastDay)));
    const begins = [startOfDay('0001-01-01'), ...ends.slice(0, -1)];
    const rows = await tx.$queryRaw<{ place: number; count: number }[]>`
      select m.place::int as place, count(*)::int as count
      from unnest(${begins}::date[], ${ends}::date[]) with ordinality m(since, until, place)
      join (${sources[code]}) d on d.day > m.since and d.day <= m.until
      group by m.place`;
    const counts = months.map(
      (_, place) => rows.find((row) => row.place === place + 1)?.count ?? 0,
    );
    lines.push({ code, counts });
  }
  return { months: months.map(({ month }) => month), lines };
}
