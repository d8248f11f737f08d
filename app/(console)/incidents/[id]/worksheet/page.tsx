import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { WorksheetScreen } from '#components/incidents/worksheet/worksheet-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewWorksheet } from '#lib/incidents/worksheet/view-worksheet.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Worksheet' };

export default async function WorksheetPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewWorksheet(actor, { id: (await params).id }, webContext());
  if (view.ok) return <WorksheetScreen view={view.value} />;
  if (view.refusal.code === 'incident-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
