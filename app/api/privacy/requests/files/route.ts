import { watchingActor } from '#lib/identity/current-actor.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRequestFile } from '#lib/privacy/requests/view-request-file.ts';

const statuses: ReadonlyMap<string, number> = new Map([
  ['form-invalid', 400],
  ['file-unknown', 404],
  ['file-erased', 410],
  ['keys-away', 503],
]);

/**
 * Hands out a file that came with a request, to be saved: whatever it holds, no browser opens it from here.
 * `?id=` is the request and `?seq=` the event that it came with.
 */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { id = null, seq = null } = askedBy(request);
  const file = await viewRequestFile(actor, { id, seq }, webContext());
  if (!file.ok) return saySentence(file.refusal.sentence, statuses.get(file.refusal.code) ?? 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: a reading on record that nobody did. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
