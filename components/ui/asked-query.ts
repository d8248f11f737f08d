/**
 * What was asked for as the query of an address, with its question mark; empty when nothing was.
 * @param cursor name and value; without one the first page.
 */
export function askedQuery(
  asked: Readonly<Record<string, string>>,
  cursor?: [string, string],
): string {
  const query = new URLSearchParams(asked);
  if (cursor) query.set(...cursor);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
