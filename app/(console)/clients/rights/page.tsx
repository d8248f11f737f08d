import type { Metadata } from 'next';
import { RightsScreen } from '#components/clients/rights-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listRights } from '#lib/clients/rights/list-rights.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Rights events' };

export default async function RightsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const view = await listRights(actor, { before }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <RightsScreen view={view.value} isFirst={before === null} />;
}
