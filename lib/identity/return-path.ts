/**
 * Where somebody goes after signing in, as it was asked for in an address. Anybody can write such an
 * address, so only a path of this console's own areas is taken, in exactly the form it was written.
 */

/** First part of every path that a signed-in person can be on. */
export const returnAreas: ReadonlySet<string> = new Set([
  'account',
  'clients',
  'cold',
  'destinations',
  'freeze',
  'genesis',
  'incidents',
  'keys',
  'ledger',
  'proofs',
  'operations',
  'operators',
  'parties',
  'policy',
  'privacy',
  'queue',
  'raise',
  'reconciliation',
  'resilience',
  'statements',
  'vaults',
]);

const LENGTH_MAX = 300;
/** Printable ASCII that a path or a query holds; no backslash, no fragment, no space. */
const PATH = /^\/[a-z]+(?:[/?][\w.~%!$&'()*+,;=:@/?-]*)?$/;
/** Resolves paths only; its name can't be anybody's (RFC 2606). */
const NOWHERE = 'https://console.invalid';

/** @returns the path, with its query, or null for anything that is not plainly one of ours. */
export function returnPath(asked: unknown): string | null {
  if (typeof asked !== 'string' || asked.length > LENGTH_MAX) return null;
  if (!PATH.test(asked) || asked.includes('//')) return null;
  if (!URL.canParse(asked, NOWHERE)) return null;
  const { origin, pathname, search } = new URL(asked, NOWHERE);
  // What a browser would read in another way than it is written, such as `..`, is not taken.
  if (origin !== NOWHERE || pathname + search !== asked) return null;
  return returnAreas.has(pathname.split('/')[1] ?? '') ? asked : null;
}

/** The sign-in page, which leads back to where somebody wanted to go if that is one of our pages. */
export function signInPath(wanted: unknown): string {
  const path = returnPath(wanted);
  return path === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
