import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReturnRecordScreen } from '#components/clients/return-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewReturn } from '#lib/clients/returns/view-return.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Return' };

export default async function ReturnPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const record = await viewReturn(actor, (await params).id, webContext());
  if (record.ok) return <ReturnRecordScreen record={record.value} />;
  if (record.refusal.code === 'return-unknown') notFound();
  return <RefusedPage sentence={record.refusal.sentence} />;
}
