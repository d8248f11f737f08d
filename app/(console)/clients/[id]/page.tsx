import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClientRecord } from '#components/clients/client-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewClient } from '#lib/clients/view-client.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Client' };

export default async function ClientPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewClient(actor, (await params).id, webContext());
  if (view.ok) return <ClientRecord view={view.value} />;
  if (view.refusal.code === 'client-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
