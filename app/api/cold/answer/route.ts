import { currentActor } from '#lib/identity/current-actor.ts';
import { bringAnswerAction } from '#lib/operations/cold/actions.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { readBody } from '#lib/platform/read-body.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';

/** As a server action answers: that a document is not the right one is no fault of the request. */
const say = (result: Result<unknown>): Response =>
  Response.json(result, { headers: { 'cache-control': 'no-store' } });

/**
 * Takes the answer of a cold party, as it was read from its file or its codes. It may be larger than
 * what a server action takes; `?document=` says which document it answers.
 */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('origin') !== webContext().settings.origin)
    return answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
  // Before anything of the body is read.
  if (!(await currentActor())) return answerLive(null);
  const text = await readBody(request, TRAVEL_BYTES_MAX);
  if (text === null) return say(refuse('travel-too-large', travelSentence('travel-too-large')));
  const document = new URL(request.url).searchParams.get('document');
  return say(await bringAnswerAction({ document, text }));
}
