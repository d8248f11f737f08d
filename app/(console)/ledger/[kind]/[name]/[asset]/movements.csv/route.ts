import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewMovementsFile } from '#lib/operations/exports/view-movements-file.ts';
import { answerCsv, saySentence } from '#lib/platform/answer-download.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

type Params = Promise<{ kind: string; name: string; asset: string }>;

const statuses: ReadonlyMap<string, number> = new Map([
  ['account-unknown', 404],
  ['filter-invalid', 400],
  ['exports-busy', 503],
]);

/** The movements of an account that were asked for. */
export async function GET(request: Request, { params }: { params: Params }): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { kind, name, asset } = await params;
  const made = await viewMovementsFile(
    actor,
    { account: `${kind}/${name}/${asset}`, asked: askedBy(request) },
    webContext(),
  );
  if (!made.ok) return saySentence(made.refusal.sentence, statuses.get(made.refusal.code) ?? 403);
  return answerCsv(made.value, request);
}

/** Without this Next would answer by GET: a download on record that nobody took. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
