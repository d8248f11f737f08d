import { watchingActor } from '#lib/identity/current-actor.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewPackFile } from '#lib/resilience/board/view-pack.ts';

/** Hands out a pack of the board as PDF, to be saved. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const file = await viewPackFile(actor, { id: (await params).id }, webContext());
  if (!file.ok)
    return saySentence(file.refusal.sentence, file.refusal.code === 'pack-unknown' ? 404 : 403);
  return answerFile(file.value);
}
