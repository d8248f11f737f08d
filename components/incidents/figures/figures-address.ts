/** Addresses of the lists behind the figures, each with exactly what was counted. Pure. */
import {
  openIncidents,
  type IncidentFilter,
  type Limit,
  type Timing,
} from '#lib/incidents/desk/incident-filter.ts';
import type { IncidentClass } from '#lib/incidents/desk/life.ts';
import type { Cause } from '#lib/incidents/figures/load-history.ts';
import type { Period } from '#lib/platform/period.ts';
import { incidentsAddress } from '../incidents-address.ts';

export const figuresPath = '/incidents/figures';

const listOf = (filter: Partial<IncidentFilter>): string =>
  incidentsAddress({ ...openIncidents, ...filter }, null);

export const openList = (filter: { class?: IncidentClass; standing?: 'open' | 'new' } = {}) =>
  listOf({ sort: 'incident', ...filter });

/** Incidents that were noticed in a period. */
export const noticedList = (
  period: Period,
  filter: { class?: IncidentClass; cause?: Cause; timing?: Timing } = {},
): string => listOf({ standing: 'counted', sort: 'incident', ...period, ...filter });

/** Incidents with time limits as they are now; or with ones that were due in a period. */
export const limitList = (limit: Limit, due: Period | null = null): string =>
  listOf({
    standing: 'all',
    limit,
    ...(due === null ? {} : { dueFrom: due.from, dueUntil: due.until }),
  });

export const taskList = (standing: 'open-tasks' | 'overdue-tasks'): string => listOf({ standing });

/** The days of a month that lie in a period. */
export function monthWithin(month: string, { from, until }: Period): Period {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  return {
    from: from > `${month}-01` ? from : `${month}-01`,
    until: until < last ? until : last,
  };
}
