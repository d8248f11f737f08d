import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewChartFile } from '#lib/operations/exports/view-chart-file.ts';
import { answerCsv, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

const statuses: ReadonlyMap<string, number> = new Map([
  ['not-closed-yet', 409],
  ['filter-invalid', 400],
  ['exports-busy', 503],
]);

/** The chart of accounts as it was asked for, at the newest close of the books. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const made = await viewChartFile(actor, { asked: askedBy(request) }, webContext());
  if (!made.ok) return saySentence(made.refusal.sentence, statuses.get(made.refusal.code) ?? 403);
  return answerCsv(made.value, request);
}

/** Without this Next would answer by GET: a download on record that nobody took. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
