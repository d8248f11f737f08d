import { currentActor, watchingActor } from '#lib/identity/current-actor.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { refuse } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';

const open = () => new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });

/** Whether the session is open. Asking does not prolong it. */
export async function GET(): Promise<Response> {
  return (await watchingActor()) ? open() : answerLive(null);
}

/** Somebody is there: their browser saw a key or the pointer. Prolongs the session. */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('origin') !== webContext().settings.origin)
    return answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
  return (await currentActor()) ? open() : answerLive(null);
}
