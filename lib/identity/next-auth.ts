/**
 * The one seam to next-auth: it sets and reads the session cookie; signing out is an action of our
 * own. The cookie's JWT holds a random session secret and nothing else; who that is, and whether it
 * still counts, is looked up in our own table on every request.
 */
import { randomUUID } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { redeemTicket } from './redeem-ticket.ts';
import { absoluteLimitMs } from './session-limits.ts';

export type CookieSettings = { secret: string; secure: boolean };

/** `__Host-` binds the cookie to this host and to TLS; browsers accept it only there. */
export const sessionCookieName = (secure: boolean): string =>
  `${secure ? '__Host-' : ''}countersign.session`;

const sessionClaim = 'sid';

export function authOptions(context: Context, cookie: CookieSettings): NextAuthOptions {
  const options = { httpOnly: true, sameSite: 'strict', path: '/', secure: cookie.secure } as const;
  const prefix = cookie.secure ? '__Host-' : '';
  return {
    secret: cookie.secret,
    useSecureCookies: cookie.secure,
    session: { strategy: 'jwt', maxAge: absoluteLimitMs / 1000 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: sessionCookieName(cookie.secure), options },
      csrfToken: { name: `${prefix}countersign.csrf`, options },
      callbackUrl: { name: `${prefix}countersign.callback`, options },
    },
    providers: [
      CredentialsProvider({
        id: 'passkey',
        name: 'Passkey',
        credentials: { ticket: { type: 'text' } },
        authorize: async (credentials) => {
          const ticket = credentials?.ticket;
          if (typeof ticket !== 'string' || ticket.length !== 43) return null;
          try {
            const redeemed = await redeemTicket(ticket, context);
            return redeemed && { id: redeemed.operatorId, sessionToken: redeemed.sessionToken };
          } catch (error) {
            // Next-auth would send the error's own words to the browser.
            log.error({ err: error, reference: randomUUID().slice(0, 8) }, 'sign-in failed');
            return null;
          }
        },
      }),
    ],
    callbacks: {
      // `update` brings what a client sent; only a fresh sign-in may set the claim.
      jwt: ({ token, user, trigger }) => {
        if (trigger === 'signIn' && 'sessionToken' in user && typeof user.sessionToken === 'string')
          return { [sessionClaim]: user.sessionToken };
        return { [sessionClaim]: token[sessionClaim] };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
  };
}

/** The session secret inside a cookie value, or null when the cookie is not ours. */
export async function readSessionCookie(
  value: string,
  cookie: CookieSettings,
): Promise<string | null> {
  try {
    const claims = await decode({ token: value, secret: cookie.secret });
    const secret = claims?.[sessionClaim];
    return typeof secret === 'string' ? secret : null;
  } catch {
    return null;
  }
}
