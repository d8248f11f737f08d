/** What a filter asks of rows of `incident_standing s`, each condition one that an index serves. Pure. */
import { dayMs, dayOf, endOfDay, startOfDay } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { ListCursor } from '#lib/platform/list-cursor.ts';
import type { IncidentFilter, Limit, Timing, Wanted } from './incident-filter.ts';
import { causePrefix } from './life.ts';

type Sql = Prisma.Sql;

const open = Prisma.sql`s.state in ('new', 'working')`;
const notDropped = Prisma.sql`s.state <> 'dropped'`;

/** Conditions that all hold; none where everything is asked for. @param now splits what is over from what runs. */
export function conditionsOf(filter: IncidentFilter, now: Date): Sql[] {
  const { after, cause, from, until } = filter;
  const all: Sql[] = [...standingOf(filter.standing, now)];
  if (filter.class !== null) all.push(Prisma.sql`s.class = ${filter.class}`);
  if (filter.sort !== null) all.push(Prisma.sql`s.sort = ${filter.sort}`);
  if (filter.source !== null) all.push(Prisma.sql`s.source = ${filter.source}`);
  if (filter.severity !== null) all.push(Prisma.sql`s.severity = ${filter.severity}`);
  if (cause !== null)
    all.push(
      cause === 'unknown'
        ? Prisma.sql`s.cause is null`
        : Prisma.sql`starts_with(s.cause, ${causePrefix[cause]})`,
    );
  all.push(...within(Prisma.sql`s.detected_at`, from, until));
  if (filter.limit !== null) all.push(withClock(filter.limit, filter, now));
  if (filter.timing !== null) all.push(timed[filter.timing]);
  if (after !== null) all.push(behind(after));
  return all;
}

/** Whole days in UTC, both inclusive. */
const within = (column: Sql, from: string | null, until: string | null): Sql[] => [
  ...(from === null ? [] : [Prisma.sql`${column} >= ${startOfDay(from)}`]),
  ...(until === null ? [] : [Prisma.sql`${column} < ${endOfDay(until)}`]),
];

function standingOf(standing: Wanted, now: Date): Sql[] {
  switch (standing) {
    case 'open':
      return [open];
    case 'new':
      return [Prisma.sql`s.state = 'new'`];
    case 'late':
      return [open, clocks(over(now))];
    case 'open-tasks':
      return [notDropped, tasks(Prisma.empty)];
    case 'overdue-tasks':
      return [notDropped, tasks(Prisma.sql`and t.due_on < ${dayOf(now)}::date`)];
    case 'ended':
      return [Prisma.sql`s.state in ('closed', 'dropped')`];
    case 'counted':
      return [notDropped];
    case 'all':
      return [];
  }
}

const tasks = (more: Sql): Sql => Prisma.sql`exists (
  select from incident_task t where t.incident_id = s.incident_id and t.done_at is null ${more})`;

const clocks = (...conditions: Sql[]): Sql => Prisma.sql`exists (
  select from incident_clock c where c.incident_id = s.incident_id and ${Prisma.join(conditions, ' and ')})`;

const over = (now: Date): Sql => Prisma.sql`c.state = 'running' and c.due_at < ${now}`;

function withClock(
  limit: Limit,
  { dueFrom, dueUntil }: Pick<IncidentFilter, 'dueFrom' | 'dueUntil'>,
  now: Date,
): Sql {
  const due = within(Prisma.sql`c.due_at`, dueFrom, dueUntil);
  switch (limit) {
    case 'soon':
      return clocks(Prisma.sql`c.state = 'running' and c.due_at >= ${now}
        and c.due_at < ${new Date(now.getTime() + dayMs)}`);
    case 'over':
      return clocks(over(now));
    case 'kept':
      return clocks(Prisma.sql`c.state = 'met'`, ...due);
    case 'missed':
      return clocks(Prisma.sql`(c.state = 'late' or ${over(now)})`, ...due);
    case 'running':
      return clocks(Prisma.sql`c.state = 'running'`);
  }
}

/** Both moments are known. */
const timed: Readonly<Record<Timing, Sql>> = {
  detect: Prisma.sql`s.occurred_at is not null and s.detected_at is not null`,
  classify: Prisma.sql`s.detected_at is not null and s.classified_at is not null`,
  contain: Prisma.sql`s.detected_at is not null and s.contained_at is not null`,
  recover: Prisma.sql`s.detected_at is not null and s.recovered_at is not null`,
};

/** What follows the last line of a page. The first condition is implied, and lets an index begin there. */
const behind = ({ at, id }: ListCursor): Sql => Prisma.sql`s.opened_at <= ${at}
  and (s.opened_at < ${at} or s.incident_id > ${id}::uuid)`;
