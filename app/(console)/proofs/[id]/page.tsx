import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { SnapshotScreen } from '#components/proofs/snapshot-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewSnapshot } from '#lib/operations/proofs/view-snapshot.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Snapshot' };

export default async function SnapshotPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const snapshot = await viewSnapshot(actor, (await params).id, webContext());
  if (snapshot.ok) return <SnapshotScreen view={snapshot.value} />;
  if (snapshot.refusal.code === 'snapshot-unknown') notFound();
  return <RefusedPage sentence={snapshot.refusal.sentence} />;
}
