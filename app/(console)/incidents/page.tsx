import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { IncidentsScreen } from '#components/incidents/incidents-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listIncidents } from '#lib/incidents/desk/list-incidents.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Incidents' };

export default async function IncidentsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await listIncidents(actor, askedIn(await searchParams), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <IncidentsScreen view={view.value} />;
}
