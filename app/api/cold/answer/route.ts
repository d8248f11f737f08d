import { currentActor } from '#lib/identity/current-actor.ts';
import { bringAnswerAction } from '#lib/operations/cold/actions.ts';
import { readBody } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';

/**
 * Takes the answer of a cold party, as it was read from its file or its codes. It may be larger than
 * what a server action takes; `?document=` says which document it answers.
 */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const text = await readBody(request, TRAVEL_BYTES_MAX);
  if (text === null)
    return answerAction(refuse('travel-too-large', travelSentence('travel-too-large')));
  const document = new URL(request.url).searchParams.get('document');
  return answerAction(await bringAnswerAction({ document, text }));
}
