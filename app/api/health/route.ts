import { viewSystemHealth } from '#lib/operations/view-system-health.ts';

/** Never an answer from the build: it would say nothing about now. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await viewSystemHealth();
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
