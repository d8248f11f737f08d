import { watchingActor } from '#lib/identity/current-actor.ts';
import { yearFile } from '#lib/incidents/costs/view-year-file.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { webContext } from '#lib/platform/web-context.ts';

const bad: ReadonlySet<string> = new Set(['format-unknown', 'year-unknown']);

/** The estimate of one accounting year as a file to be saved. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const asked = new URL(request.url).searchParams;
  const file = await yearFile(
    actor,
    { year: asked.get('year') ?? undefined, format: asked.get('format') },
    webContext(),
  );
  if (!file.ok) return saySentence(file.refusal.sentence, bad.has(file.refusal.code) ? 400 : 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
