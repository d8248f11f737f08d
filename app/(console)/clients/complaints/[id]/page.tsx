import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ComplaintRecordScreen } from '#components/clients/complaint-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewComplaint } from '#lib/clients/complaints/view-complaint.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Complaint' };

export default async function ComplaintPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const record = await viewComplaint(actor, (await params).id, webContext());
  if (record.ok) return <ComplaintRecordScreen record={record.value} />;
  if (record.refusal.code === 'complaint-unknown') notFound();
  return <RefusedPage sentence={record.refusal.sentence} />;
}
