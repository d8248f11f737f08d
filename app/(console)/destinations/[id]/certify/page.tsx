import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CertifyScreen } from '#components/custody/certify-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listListingOptions } from '#lib/operations/list-raise-options.ts';
import { viewDestination } from '#lib/operations/view-destination.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Certify an address again' };

export default async function CertifyPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const context = webContext();
  const { id } = await params;
  const record = await viewDestination(actor, id, context);
  if (!record.ok) {
    if (record.refusal.code === 'destination-unknown') notFound();
    return <RefusedPage sentence={record.refusal.sentence} />;
  }
  const options = await listListingOptions(actor, context);
  if (!options.ok) return <RefusedPage sentence={options.refusal.sentence} />;
  return <CertifyScreen record={record.value} options={options.value} />;
}
