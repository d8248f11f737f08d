import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { CorrectionScreen } from '#components/ledger/corrections/correction-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewCorrection } from '#lib/reconciliation/corrections/view-correction.ts';

export const metadata: Metadata = { title: 'Correction' };

export default async function CorrectionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const found = await viewCorrection(actor, (await params).id, webContext());
  if (found.ok) return <CorrectionScreen record={found.value} />;
  if (found.refusal.code === 'correction-unknown') notFound();
  return <RefusedPage sentence={found.refusal.sentence} />;
}
