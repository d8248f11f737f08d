import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DestinationRecordScreen } from '#components/custody/destination-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewDestination } from '#lib/operations/view-destination.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Destination' };

export default async function DestinationPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const context = webContext();
  const { id } = await params;
  const record = await viewDestination(actor, id, context);
  if (!record.ok) {
    if (record.refusal.code === 'destination-unknown') notFound();
    return <RefusedPage sentence={record.refusal.sentence} />;
  }
  return (
    <DestinationRecordScreen record={record.value} serverNow={context.clock().toISOString()} />
  );
}
