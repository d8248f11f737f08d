import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewOutflowAlarm } from '#lib/operations/list-outflows.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { webContext } from '#lib/platform/web-context.ts';

export async function GET(): Promise<Response> {
  const actor = await watchingActor();
  return answerLive(actor && (await viewOutflowAlarm(actor, webContext())));
}
