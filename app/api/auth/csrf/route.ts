import NextAuth from 'next-auth';
import { bareGet } from '#lib/platform/own-form.ts';
import { authOptions } from '#lib/identity/next-auth.ts';
import { webContext, webCookie } from '#lib/platform/web-context.ts';

/** Gives the token that goes back with the sign-in form. One of two routes of next-auth that exist. */
export async function GET(request: Request): Promise<Response> {
  const options = authOptions(webContext(), webCookie());
  return NextAuth(options)(bareGet(request), {
    params: { nextauth: ['csrf'] },
  }) as Promise<Response>;
}
