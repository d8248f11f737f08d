import { watchingActor } from '#lib/identity/current-actor.ts';
import { reportFile } from '#lib/incidents/reports/view-report-file.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { webContext } from '#lib/platform/web-context.ts';

const statuses: ReadonlyMap<string, number> = new Map([
  ['format-unknown', 400],
  ['report-unknown', 404],
  ['report-erased', 410],
]);

/** A report as a file to be saved: the ESAs' JSON as it is sent, or for people as PDF or workbook. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const format = new URL(request.url).searchParams.get('format');
  const file = await reportFile(actor, { id: (await params).id, format }, webContext());
  if (!file.ok) return saySentence(file.refusal.sentence, statuses.get(file.refusal.code) ?? 403);
  return answerFile(file.value);
}

/** Without this Next would answer by GET: a reading on record that nobody did. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
