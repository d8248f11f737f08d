import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewPositionFile } from '#lib/operations/positions/view-position-file.ts';
import { webContext } from '#lib/platform/web-context.ts';

const types: ReadonlyMap<string, { file: 'pdf' | 'csv'; type: string }> = new Map([
  ['pdf', { file: 'pdf', type: 'application/pdf' }],
  ['csv', { file: 'csv', type: 'text/csv; charset=utf-8' }],
]);

const say = (sentence: string, status: number): Response =>
  new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

type Params = Promise<{ id: string; file: string }>;

/** A file of an issued statement. Who took it is on record before the first byte leaves. */
export async function GET(_request: Request, { params }: { params: Params }): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return say('Your session has ended. Sign in again.', 401);
  const { id, file } = await params;
  const wanted = types.get(file);
  if (!wanted) return say('A statement has the files pdf and csv.', 404);
  const made = await viewPositionFile(actor, { id, file: wanted.file }, webContext());
  if (!made.ok)
    return say(made.refusal.sentence, made.refusal.code === 'statement-unknown' ? 404 : 403);
  return new Response(new Uint8Array(made.value.bytes), {
    headers: {
      'content-type': wanted.type,
      // The name is made of a client's number and two days: nothing in it needs to be quoted.
      'content-disposition': `attachment; filename="${made.value.name}"`,
      'cache-control': 'no-store',
    },
  });
}

/** Without this Next would answer by GET: a download on record that nobody took. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
