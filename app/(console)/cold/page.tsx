import type { Metadata } from 'next';
import { TripsScreen } from '#components/cold/trips-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listTrips } from '#lib/operations/cold/list-trips.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Cold vault' };

export default async function ColdPage() {
  const context = webContext();
  const actor = await requireActor();
  const view = await listTrips(actor, context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return (
    <TripsScreen
      view={view.value}
      serverNow={context.clock().toISOString()}
      canRaise={actor.scopes.has('operation:raise')}
    />
  );
}
