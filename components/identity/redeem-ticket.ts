/**
 * Trades the one-time ticket of a finished ceremony for the session cookie, as next-auth's own
 * browser part would, which is ten times this size.
 */
const tooLate = 'Signing in took too long, so nothing was opened. Try again.';

/** @returns null when the cookie is set, otherwise the sentence for the person. */
export async function redeemTicket(ticket: string): Promise<string | null> {
  const token: unknown = await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json();
  const csrfToken =
    typeof token === 'object' && token !== null && 'csrfToken' in token ? token.csrfToken : null;
  if (typeof csrfToken !== 'string') return tooLate;
  const answer = await fetch('/api/auth/callback/passkey', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, ticket, json: 'true' }),
  });
  return answer.ok && isOpen(await answer.json()) ? null : tooLate;
}

/** A refusal comes as an address too, one that carries the reason. */
function isOpen(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('url' in body)) return false;
  if (typeof body.url !== 'string' || !URL.canParse(body.url)) return false;
  const { searchParams } = new URL(body.url);
  return !searchParams.has('error') && !searchParams.has('csrf');
}
