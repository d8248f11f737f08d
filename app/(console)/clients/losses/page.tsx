import type { Metadata } from 'next';
import { LossesScreen } from '#components/clients/losses-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listLosses } from '#lib/clients/losses/list-losses.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Losses' };

export default async function LossesPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const view = await listLosses(actor, { before }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <LossesScreen view={view.value} isFirst={before === null} />;
}
