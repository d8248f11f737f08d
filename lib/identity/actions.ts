'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { ok } from '#lib/platform/result.ts';
import { webContext, webCookie } from '#lib/platform/web-context.ts';
import { asActor, asVisitor } from './current-actor.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { clearSessionCookie } from './clear-session-cookie.ts';
import { completeEnrolment } from './complete-enrolment.ts';
import { endOtherSessions, endSession } from './end-sessions.ts';
import { endPersonSessions } from './end-person-sessions.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { inviteOperator } from './invite-operator.ts';
import { registerKey } from './register-key.ts';
import { readEnrolment } from './read-enrolment.ts';
import { removeKey } from './remove-key.ts';
import { renewInvitation } from './renew-invitation.ts';
import { revokeSession } from './sessions.ts';
import { stopKey } from './stop-key.ts';
import { suspendOperator } from './suspend-operator.ts';
import { parseTheme, THEME_COOKIE } from '#lib/platform/theme.ts';

export async function beginSignInAction() {
  return asVisitor(beginSignIn);
}

export async function finishSignInAction(input: unknown) {
  return asVisitor((context) => finishSignIn(input, context));
}

export async function readEnrolmentAction(token: unknown) {
  return asVisitor((context) => readEnrolment(token, context));
}

export async function beginEnrolmentAction(token: unknown) {
  return asVisitor((context) => beginEnrolment(token, context));
}

export async function registerKeyAction(input: unknown) {
  return asVisitor((context) => registerKey(input, context));
}

export async function removeKeyAction(input: unknown) {
  return asVisitor((context) => removeKey(input, context));
}

export async function completeEnrolmentAction(token: unknown) {
  return asVisitor((context) => completeEnrolment(token, context));
}

export async function inviteOperatorAction(input: unknown) {
  return asActor((actor, context) => inviteOperator(actor, input, context));
}

export async function renewInvitationAction(input: unknown) {
  return asActor((actor, context) => renewInvitation(actor, input, context));
}

export async function endSessionAction(input: unknown) {
  return asActor((actor, context) => endSession(actor, input, context));
}

export async function endPersonSessionsAction(input: unknown) {
  return asActor((actor, context) => endPersonSessions(actor, input, context));
}

export async function stopKeyAction(input: unknown) {
  return asActor((actor, context) => stopKey(actor, input, context));
}

export async function suspendOperatorAction(input: unknown) {
  return asActor((actor, context) => suspendOperator(actor, input, context));
}

export async function endOtherSessionsAction() {
  return asActor((actor, context) => endOtherSessions(actor, context));
}

/** Ends the session in the table first, so that a kept copy of the cookie opens nothing. */
export async function signOutAction() {
  const ended = await asActor(async (actor, context) => ok(await revokeSession(actor, context)));
  if (!ended.ok && ended.refusal.code === 'foreign-origin') return;
  await clearSessionCookie();
  redirect(`${webContext().settings.origin}/sign-in?signed-out`);
}

/** Keeps the choice of theme in this browser; "system" takes the cookie away. */
export async function chooseThemeAction(form: FormData) {
  await asVisitor(async () => {
    const theme = parseTheme(form.get('theme'));
    const { secure } = webCookie();
    const maxAge = theme === 'system' ? 0 : 365 * 24 * 3600;
    const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge } as const;
    (await cookies()).set({ name: THEME_COOKIE, value: theme, ...attributes });
    return ok(theme);
  });
}
