import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewOperation } from '#lib/operations/view-operation.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { webContext } from '#lib/platform/web-context.ts';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await watchingActor();
  const { id } = await params;
  return answerLive(actor && (await viewOperation(actor, id, webContext())));
}
