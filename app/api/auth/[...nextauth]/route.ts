import NextAuth from 'next-auth';
import { authOptions } from '#lib/identity/next-auth.ts';
import { webContext, webCookie } from '#lib/platform/web-context.ts';

/** Made at the first request, because a build has no environment to read. */
const handler = (request: Request, parameters: { params: Promise<{ nextauth: string[] }> }) =>
  NextAuth(authOptions(webContext(), webCookie()))(request, parameters) as Promise<Response>;

export { handler as GET, handler as POST };
