import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { DrillScreen } from '#components/resilience/drills/drill-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewDrill } from '#lib/resilience/drills/view-drill.ts';

export const metadata: Metadata = { title: 'Drill' };

export default async function DrillPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewDrill(actor, { id: (await params).id }, webContext());
  if (view.ok) return <DrillScreen drill={view.value} />;
  if (view.refusal.code === 'drill-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
