import 'server-only';
import { cookies } from 'next/headers';
import { webCookie } from '#lib/platform/web-context.ts';
import { sessionCookieName } from './next-auth.ts';

/** Takes the session cookie out of the browser that asks. The session itself ends in its table. */
export async function clearSessionCookie(): Promise<void> {
  const { secure } = webCookie();
  // A browser takes a `__Host-` cookie, even an empty one, only with these attributes.
  (await cookies()).set({
    name: sessionCookieName(secure),
    value: '',
    maxAge: 0,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
  });
}
