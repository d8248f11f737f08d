import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BreakScreen } from '#components/reconciliation/break-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewBreak } from '#lib/reconciliation/view-break.ts';

export const metadata: Metadata = { title: 'Break' };

export default async function BreakPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const found = await viewBreak(actor, (await params).id, webContext());
  if (found.ok) return <BreakScreen record={found.value} />;
  if (found.refusal.code === 'break-unknown') notFound();
  return <RefusedPage sentence={found.refusal.sentence} />;
}
