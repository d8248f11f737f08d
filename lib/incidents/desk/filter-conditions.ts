/** What a filter asks of the rows, each condition one that an index serves. Pure. */
import { dayMs, dayOf, endOfDay, startOfDay } from '#lib/platform/days.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { IncidentFilter, Limit, Timing, Wanted } from './incident-filter.ts';
import { causePrefix } from './life.ts';

type Where = Prisma.IncidentStandingWhereInput;

const open: Where = { state: { in: ['new', 'working'] } };
const notDropped: Where = { state: { not: 'dropped' } };

/** @param now splits what is over from what runs. */
export function whereOf(filter: IncidentFilter, now: Date): Where {
  const { after, cause, from, until } = filter;
  const all: Where[] = [...standingOf(filter.standing, now)];
  if (filter.class !== null) all.push({ class: filter.class });
  if (filter.sort !== null) all.push({ sort: filter.sort });
  if (filter.source !== null) all.push({ source: filter.source });
  if (filter.severity !== null) all.push({ severity: filter.severity });
  if (cause !== null)
    all.push({ cause: cause === 'unknown' ? null : { startsWith: causePrefix[cause] } });
  if (from !== null || until !== null) all.push({ detectedAt: within(from, until) });
  if (filter.limit !== null) all.push({ incident: { clocks: { some: clockOf(filter, now) } } });
  if (filter.timing !== null) all.push(timed[filter.timing]);
  if (after !== null)
    all.push({
      OR: [{ openedAt: { lt: after.at } }, { openedAt: after.at, incidentId: { gt: after.id } }],
    });
  return { AND: all };
}

/** Whole days in UTC, both inclusive. */
const within = (from: string | null, until: string | null) => ({
  ...(from === null ? {} : { gte: startOfDay(from) }),
  ...(until === null ? {} : { lt: endOfDay(until) }),
});

function standingOf(standing: Wanted, now: Date): Where[] {
  switch (standing) {
    case 'open':
      return [open];
    case 'new':
      return [{ state: 'new' }];
    case 'late':
      return [open, { incident: { clocks: { some: over(now) } } }];
    case 'open-tasks':
      return [notDropped, { incident: { tasks: { some: { doneAt: null } } } }];
    case 'overdue-tasks':
      return [
        notDropped,
        { incident: { tasks: { some: { doneAt: null, dueOn: { lt: startOfDay(dayOf(now)) } } } } },
      ];
    case 'ended':
      return [{ state: { in: ['closed', 'dropped'] } }];
    case 'counted':
      return [notDropped];
    case 'all':
      return [];
  }
}

const over = (now: Date) => ({ state: 'running', dueAt: { lt: now } });

function clockOf(
  { limit, dueFrom, dueUntil }: IncidentFilter & { limit: Limit | null },
  now: Date,
): Prisma.IncidentClockWhereInput {
  const due = { dueAt: within(dueFrom, dueUntil) };
  switch (limit) {
    case 'soon':
      return { state: 'running', dueAt: { gte: now, lt: new Date(now.getTime() + dayMs) } };
    case 'over':
      return over(now);
    case 'kept':
      return { state: 'met', ...due };
    case 'missed':
      return { AND: [due, { OR: [{ state: 'late' }, over(now)] }] };
    case 'running':
    case null:
      return { state: 'running' };
  }
}

/** Both moments are known. */
const timed: Readonly<Record<Timing, Where>> = {
  detect: { occurredAt: { not: null }, detectedAt: { not: null } },
  classify: { detectedAt: { not: null }, classifiedAt: { not: null } },
  contain: { detectedAt: { not: null }, containedAt: { not: null } },
  recover: { detectedAt: { not: null }, recoveredAt: { not: null } },
};
