import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { HoldsScreen } from '#components/privacy/retention/holds-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listHolds } from '#lib/privacy/retention/holds/list-holds.ts';

export const metadata: Metadata = { title: 'Legal holds' };

export default async function HoldsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await listHolds(actor, askedIn(await searchParams), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <HoldsScreen view={view.value} />;
}
