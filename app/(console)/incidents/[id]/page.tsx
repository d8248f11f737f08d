import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { IncidentScreen } from '#components/incidents/incident-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewIncident } from '#lib/incidents/desk/view-incident.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewIncident(actor, { id: (await params).id }, webContext());
  if (view.ok) return <IncidentScreen view={view.value} />;
  if (view.refusal.code === 'incident-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
