import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { webEnvironment } from '#lib/platform/env.ts';
import { WANTED_PATH_HEADER } from '#lib/platform/wanted-path.ts';
import { pagePolicy, transportSecurity } from '#lib/platform/security-headers.ts';

/**
 * Puts a fresh nonce and the page's security headers on each response, and nothing else. It decides
 * about no one: who may see or do what is decided where the data is read and changed, because a
 * front gate can be walked around.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(18).toString('base64');
  const { origin } = webEnvironment();
  // Not a setting: the bundler writes it in.
  // oxlint-disable-next-line node/no-process-env
  const development = process.env.NODE_ENV === 'development';
  const policy = pagePolicy({ nonce, origin, development });

  // Next reads the nonce of its own scripts from the policy among the request's headers, so both
  // are overwritten whatever the client sent.
  const requestHeaders = new Headers(request.headers);
  requestHeaders.set('x-nonce', nonce);
  requestHeaders.set('content-security-policy', policy);

  // Who is not signed in comes back here afterwards; whether that may be is decided at sign-in.
  const { pathname, search } = request.nextUrl;
  requestHeaders.set(WANTED_PATH_HEADER, pathname + search);

  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'no-store');
  const hsts = transportSecurity(origin);
  if (hsts) response.headers.set('Strict-Transport-Security', hsts);
  return response;
}

export const config = {
  // Everything but the build's own immutable files, which carry a hash in their names, and the doors
  // for statement files, evidence, registers, messages and letters: a body that passes here is cut off at
  // `proxyClientMaxBodySize`. Their answer is no page and keeps the closed policy of every response.
  matcher: [
    '/((?!_next/static/|api/reconciliation/statements$|api/incidents/evidence$|api/resilience/register$|api/privacy/requests/messages$|api/privacy/requests/added-files$).*)',
  ],
};
