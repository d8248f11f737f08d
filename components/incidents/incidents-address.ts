import type { IncidentFilter } from '#lib/incidents/desk/incident-filter.ts';

export const incidentsPath = '/incidents';

const asked = [
  'class',
  'sort',
  'severity',
  'source',
  'cause',
  'from',
  'until',
  'limit',
  'dueFrom',
  'dueUntil',
  'timing',
] as const;

/** Address of a page of incidents under a filter. @param after cursor of the page before; null for the first. */
export function incidentsAddress(filter: IncidentFilter, after: string | null): string {
  const query = new URLSearchParams();
  if (filter.standing !== 'open') query.set('standing', filter.standing);
  for (const name of asked) {
    const value = filter[name];
    if (value !== null) query.set(name, String(value));
  }
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? incidentsPath : `${incidentsPath}?${text}`;
}
