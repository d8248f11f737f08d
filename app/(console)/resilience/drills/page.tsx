import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { DrillsScreen } from '#components/resilience/drills/drills-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, filledIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listDrills } from '#lib/resilience/drills/list-drills.ts';

export const metadata: Metadata = { title: 'Drills' };

const names = ['kind', 'outcome', 'from', 'until', 'after'] as const;

export default async function DrillsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = filledIn(names, askedIn(await searchParams));
  const view = await listDrills(actor, asked, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <DrillsScreen page={view.value} />;
}
