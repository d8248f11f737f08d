import { watchingActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewEvidence } from '#lib/reconciliation/corrections/view-evidence.ts';

const say = (sentence: string, status: number): Response =>
  new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

type Params = Promise<{ id: string }>;

/** The evidence of a correction, for whoever checks it without the console. */
export async function GET(_request: Request, { params }: { params: Params }): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return say('Your session has ended. Sign in again.', 401);
  const made = await viewEvidence(actor, (await params).id, webContext());
  if (!made.ok)
    return say(made.refusal.sentence, made.refusal.code === 'correction-unknown' ? 404 : 403);
  return new Response(made.value.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // The name is the correction's number: nothing in it needs to be quoted.
      'content-disposition': `attachment; filename="${made.value.name}"`,
      'cache-control': 'no-store',
    },
  });
}
