import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { FiguresScreen } from '#components/incidents/figures/figures-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewFigures } from '#lib/incidents/figures/view-figures.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Incident figures' };

export default async function FiguresPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await viewFigures(actor, askedIn(await searchParams), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <FiguresScreen view={view.value} />;
}
