import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TripScreen } from '#components/cold/trip-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewTrip } from '#lib/operations/cold/view-trip.ts';
import { viewOperation } from '#lib/operations/view-operation.ts';
import type { Refused } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Trip to a cold site' };

function refused({ refusal }: Refused) {
  if (refusal.code === 'operation-unknown') notFound();
  return <RefusedPage sentence={refusal.sentence} />;
}

export default async function TripPage({ params }: { params: Promise<{ operation: string }> }) {
  const actor = await requireActor();
  const context = webContext();
  const { operation: id } = await params;
  const trip = await viewTrip(actor, id, context);
  if (!trip.ok) return refused(trip);
  const operation = await viewOperation(actor, id, context);
  if (!operation.ok) return refused(operation);
  return (
    <TripScreen
      trip={trip.value}
      operation={operation.value}
      serverNow={context.clock().toISOString()}
      isSandbox={context.settings.mode === 'sandbox'}
    />
  );
}
