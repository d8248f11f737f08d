import type { RequestFilter } from '#lib/privacy/requests/list-requests.ts';

export const requestsPath = '/privacy/requests';
export const requestPath = (number: string): string => `${requestsPath}/${number}`;

/** Address of a page of requests under a filter. @param after cursor of the page before; null for the first. */
export function requestsAddress(
  { standing, right, state }: Omit<RequestFilter, 'after'>,
  after: string | null,
): string {
  const query = new URLSearchParams();
  if (standing !== 'open') query.set('standing', standing);
  if (right !== null) query.set('right', right);
  if (state !== null) query.set('state', state);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? requestsPath : `${requestsPath}?${text}`;
}
