import { viewSystemHealth } from '#lib/operations/view-system-health.ts';

/** Asked anew each time: a stored answer would say nothing about now. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await viewSystemHealth();
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
