import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { randomUUID } from 'node:crypto';
import { log } from '#lib/platform/log.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import type { Context } from '#lib/platform/context.ts';
import { WANTED_PATH_HEADER } from '#lib/platform/wanted-path.ts';
import { webContext, webCookie } from '#lib/platform/web-context.ts';
import type { Actor } from './actor.ts';
import { readSessionCookie, sessionCookieName } from './next-auth.ts';
import { signInPath } from './return-path.ts';
import { findSession, resolveSession, signedOut, type Presence } from './sessions.ts';
import { unexpected } from './unexpected.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';

async function readSecret(): Promise<string | null> {
  const cookie = webCookie();
  const value = (await cookies()).get(sessionCookieName(cookie.secure))?.value;
  return value === undefined ? null : readSessionCookie(value, cookie);
}

async function actorOf(presence: Presence): Promise<Actor | null> {
  const secret = await readSecret();
  return secret === null ? null : resolveSession(secret, webContext(), presence);
}

/** Who acts, or why nobody does, read from the cookie once per request. Prolongs the session. */
const actingSession = cache(async () => {
  const secret = await readSecret();
  return secret === null ? signedOut() : findSession(secret, webContext());
});

/**
 * Who acts at this moment, null when nobody is signed in.
 * Prolongs the session, so it is for what only a person can cause: actions and their presence.
 */
export async function currentActor(): Promise<Actor | null> {
  const session = await actingSession();
  return session.ok ? session.value : null;
}

/**
 * The same for pages and whatever else a browser asks for by itself, such as live data: it needs an
 * open session and does not prolong it.
 */
export const watchingActor = cache(() => actorOf('watching'));

/** The actor with a way to ask again, once the request is over, whether the session is still open. */
export async function watchingSession(): Promise<{
  actor: Actor;
  isStillOpen: () => Promise<boolean>;
} | null> {
  const secret = await readSecret();
  const ask = async () =>
    secret === null ? null : resolveSession(secret, webContext(), 'watching');
  const actor = await ask();
  return actor && { actor, isStillOpen: async () => (await ask()) !== null };
}

/** True when the browser still holds a session cookie, whatever it is worth. */
export async function hasSessionCookie(): Promise<boolean> {
  return (await cookies()).has(sessionCookieName(webCookie().secure));
}

/** For pages: the actor, or the sign-in page, which leads back to the page that was asked for. */
export async function requireActor(): Promise<Actor> {
  return (await watchingActor()) ?? redirect(signInPath((await headers()).get(WANTED_PATH_HEADER)));
}

/** Server actions are public endpoints: a request from another origin, or from none, is refused. */
async function comesFromHere(context: Context): Promise<boolean> {
  return (await headers()).get('origin') === context.settings.origin;
}

async function guarded<T>(run: () => Promise<Result<T>>, context: Context): Promise<Result<T>> {
  if (!(await comesFromHere(context)))
    return refuse(
      'foreign-origin',
      'This request did not come from the console. Nothing was changed.',
    );
  try {
    return await keysRefusal(run);
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error, reference }, 'action failed');
    return unexpected(reference);
  }
}

/** Runs a use case for a server action: origin, session, and no raw error to the browser. */
export async function asActor<T>(
  useCase: (actor: Actor, context: Context) => Promise<Result<T>>,
): Promise<Result<T>> {
  const context = webContext();
  return guarded(async () => {
    const session = await actingSession();
    return session.ok ? useCase(session.value, context) : session;
  }, context);
}

/** The same for the few steps that come before a session: enrolment and sign-in. */
export async function asVisitor<T>(
  useCase: (context: Context) => Promise<Result<T>>,
): Promise<Result<T>> {
  const context = webContext();
  return guarded(() => useCase(context), context);
}
