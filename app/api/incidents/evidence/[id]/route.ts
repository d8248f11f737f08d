import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewEvidence } from '#lib/incidents/desk/view-evidence.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { webContext } from '#lib/platform/web-context.ts';

const statuses: ReadonlyMap<string, number> = new Map([
  ['evidence-unknown', 404],
  ['evidence-erased', 410],
]);

/** Hands out a file of evidence to be saved; whatever it holds, no browser opens it from here. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const file = await viewEvidence(actor, { id: (await params).id }, webContext());
  if (!file.ok) return saySentence(file.refusal.sentence, statuses.get(file.refusal.code) ?? 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: a reading on record that nobody did. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
