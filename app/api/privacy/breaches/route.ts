import { watchingActor } from '#lib/identity/current-actor.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRegisterFile } from '#lib/privacy/breaches/view-register-file.ts';

/** The register of breaches as a file. `?format=` is pdf or csv. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { format = null } = askedBy(request);
  const file = await viewRegisterFile(actor, { format }, webContext());
  if (!file.ok)
    return saySentence(file.refusal.sentence, file.refusal.code === 'form-invalid' ? 400 : 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: an export on record that nobody took. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
