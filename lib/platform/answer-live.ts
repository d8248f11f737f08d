import type { Result } from './result.ts';

const headers = { 'cache-control': 'no-store' };

/** JSON for a live query: the value, or the refusal with a status that says whose turn it is. */
export function answerLive(result: Result<unknown> | null): Response {
  if (result === null)
    return Response.json(
      { code: 'signed-out', sentence: 'Your session has ended. Sign in again.' },
      { status: 401, headers },
    );
  return result.ok
    ? Response.json(result.value, { headers })
    : Response.json(result.refusal, {
        status: result.refusal.code === 'operation-unknown' ? 404 : 403,
        headers,
      });
}
