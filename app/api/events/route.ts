import { watchingSession } from '#lib/identity/current-actor.ts';
import { EventStreams } from '#lib/platform/event-streams.ts';
import { subscribe } from '#lib/platform/live-hub.ts';

const streams = new EventStreams(subscribe);

/**
 * Server-sent events: each says that a topic changed, never what it holds. The page asks for the
 * data through its own query, which checks the session again.
 */
export async function GET(request: Request): Promise<Response> {
  const session = await watchingSession();
  if (!session) return new Response('Sign in first.', { status: 401 });
  const { actor, isStillOpen } = session;
  const stream = streams.open({ sessionId: actor.sessionId, isStillOpen }, request.signal);
  if (!stream)
    return new Response('Too many pages are open here. Try again in a minute.', {
      status: 503,
      headers: { 'retry-after': '60' },
    });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

/** Without this Next would answer by GET, and open a stream that nobody reads. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET' } });
}
