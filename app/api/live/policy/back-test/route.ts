import { watchingActor } from '#lib/identity/current-actor.ts';
import { viewBackTest } from '#lib/operations/policy/view-back-test.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { log } from '#lib/platform/log.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** One JSON value on each line: how far it is, and in the end the result. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return answerLive(null);
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const gone = new AbortController();
  const signal = AbortSignal.any([request.signal, gone.signal]);
  const steps = await viewBackTest(actor, asked, webContext(), signal);
  if (!steps.ok) return answerLive(steps);
  const text = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await steps.value.next();
        if (done === true) controller.close();
        else controller.enqueue(text.encode(`${JSON.stringify(value)}\n`));
      } catch (error) {
        // The page says that it was cut short; why stands in the log.
        if (!signal.aborted) log.error({ err: error }, 'back-test failed');
        controller.close();
      }
    },
    cancel() {
      gone.abort();
      return steps.value.return(undefined).then(() => undefined);
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

/** Without this Next would answer by GET, and start what nobody reads. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
