import { watchingActor } from '#lib/identity/current-actor.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewNotificationFile } from '#lib/privacy/breaches/view-notification-file.ts';

/** A notification that was signed off. `?id=` of the breach, `?part=` its number, `?format=` pdf or txt. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { id = null, part = null, format = null } = askedBy(request);
  const file = await viewNotificationFile(actor, { id, part, format }, webContext());
  if (!file.ok)
    return saySentence(file.refusal.sentence, file.refusal.code === 'form-invalid' ? 400 : 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: a look on record that nobody had. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
