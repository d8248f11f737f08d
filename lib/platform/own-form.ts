/** What is let through to next-auth, whose own routes take more than the console needs. */
import { NextRequest } from 'next/server.js';
import { readBody } from './read-body.ts';

/** Bytes of a form with a ticket and a csrf token, several times over. */
const formMax = 2_048;
const formType = 'application/x-www-form-urlencoded';

const refused = (status: number, sentence: string): Response =>
  new Response(sentence, { status, headers: { 'cache-control': 'no-store' } });

/** The address without what a client put behind it: next-auth would read settings from there. */
function bareAddress(request: Request): URL {
  const address = new URL(request.url);
  address.search = '';
  return address;
}

export const bareGet = (request: Request): NextRequest =>
  new NextRequest(bareAddress(request), { headers: request.headers });

/**
 * The form of a request from the console itself.
 * @param origin the console's own; the one that a request names must be the same.
 * @returns the answer when it is refused.
 */
export async function ownForm(request: Request, origin: string): Promise<NextRequest | Response> {
  if (request.headers.get('origin') !== origin)
    return refused(403, 'This request did not come from the console.');
  if (request.headers.get('content-type')?.split(';')[0]?.trim() !== formType)
    return refused(415, 'Only a form is taken here.');
  const body = await readBody(request, formMax);
  if (body === null) return refused(413, 'The form is too long.');
  return new NextRequest(bareAddress(request), { method: 'POST', headers: request.headers, body });
}
