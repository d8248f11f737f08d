import type { BreakFilter } from '#lib/reconciliation/break-filter.ts';

/** Address of a page of breaks under a filter. @param after cursor of the page before; null for the first. */
export function breaksAddress(filter: BreakFilter, after: string | null): string {
  const query = new URLSearchParams();
  if (filter.state !== 'open') query.set('state', filter.state);
  for (const name of ['cause', 'kind', 'asset'] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? '/reconciliation' : `/reconciliation?${text}`;
}
