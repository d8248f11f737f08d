import { currentActor, watchingActor } from '#lib/identity/current-actor.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { refuseForeign } from '#lib/platform/request-doors.ts';

const open = () => new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });

/** Whether the session is open. Asking does not prolong it. */
export async function GET(): Promise<Response> {
  return (await watchingActor()) ? open() : answerLive(null);
}

/** Somebody is there: their browser saw a key or the pointer. Prolongs the session. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeign(request);
  if (refused) return refused;
  return (await currentActor()) ? open() : answerLive(null);
}
