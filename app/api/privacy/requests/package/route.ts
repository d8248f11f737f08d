import { watchingActor } from '#lib/identity/current-actor.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewPackageFile } from '#lib/privacy/package/view-package-file.ts';

const statuses: ReadonlyMap<string, number> = new Map([
  ['form-invalid', 400],
  ['request-unknown', 404],
  ['no-package', 404],
  ['package-erased', 410],
  ['keys-away', 503],
]);

/** Hands out the package that was approved for a request, to be sent to the person. `?id=` is the request. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { id = null } = askedBy(request);
  const file = await viewPackageFile(actor, { id }, webContext());
  if (!file.ok) return saySentence(file.refusal.sentence, statuses.get(file.refusal.code) ?? 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: a download on record that nobody did. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
