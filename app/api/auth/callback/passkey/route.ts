import NextAuth from 'next-auth';
import { ownForm } from '#lib/platform/own-form.ts';
import { authOptions } from '#lib/identity/next-auth.ts';
import { webContext, webCookie } from '#lib/platform/web-context.ts';

/** Redeems the ticket of a finished ceremony for the session cookie. */
export async function POST(request: Request): Promise<Response> {
  const context = webContext();
  const form = await ownForm(request, context.settings.origin);
  if (form instanceof Response) return form;
  return NextAuth(authOptions(context, webCookie()))(form, {
    params: { nextauth: ['callback', 'passkey'] },
  }) as Promise<Response>;
}
