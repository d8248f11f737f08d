/** Addresses of retention and of legal holds. */
export const retentionPath = '/privacy/retention';
export const runsPath = `${retentionPath}/runs`;
export const holdsPath = `${retentionPath}/holds`;
export const runPath = (number: string): string => `${runsPath}/${number}`;
export const holdPath = (number: string): string => `${holdsPath}/${number}`;

/** Address of a page of a list. @param after cursor of the page before; null for the first. */
export function pageAddress(
  path: string,
  asked: Readonly<Record<string, string>>,
  after: string | null,
): string {
  const query = new URLSearchParams(asked);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
