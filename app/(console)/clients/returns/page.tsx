import type { Metadata } from 'next';
import { ReturnsScreen } from '#components/clients/returns-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listReturns } from '#lib/clients/returns/list-returns.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Returns' };

export default async function ReturnsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const view = await listReturns(actor, { before }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <ReturnsScreen view={view.value} isFirst={before === null} />;
}
