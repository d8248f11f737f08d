import { watchingActor } from '#lib/identity/current-actor.ts';
import { subscribe } from '#lib/platform/live-hub.ts';

/** Pings keep proxies from closing a quiet stream, and let the page notice a dead one. */
const heartbeatMs = 15_000;

/**
 * Server-sent events: each says that a topic changed, never what it holds. The page asks for the
 * data through its own query, which checks the session again.
 */
export async function GET(request: Request): Promise<Response> {
  if (!(await watchingActor())) return new Response('Sign in first.', { status: 401 });
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send('retry: 1000\n\n');
      const unsubscribe = subscribe((message) => send(`data: ${JSON.stringify(message)}\n\n`));
      const heartbeat = setInterval(() => send('event: ping\ndata: .\n\n'), heartbeatMs);
      // The session may end while the stream is open; the client then reconnects and is refused.
      const end = setTimeout(() => close(), 10 * 60_000);
      const close = () => {
        clearInterval(heartbeat);
        clearTimeout(end);
        unsubscribe();
        if (!request.signal.aborted) controller.close();
      };
      request.signal.addEventListener('abort', close, { once: true });
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
