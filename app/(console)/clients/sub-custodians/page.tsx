import type { Metadata } from 'next';
import { SubCustodiansScreen } from '#components/clients/sub-custodians-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listSubCustodians } from '#lib/clients/sub-custodians/list-sub-custodians.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Sub-custodians' };

export default async function SubCustodiansPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const view = await listSubCustodians(actor, { before }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <SubCustodiansScreen view={view.value} isFirst={before === null} />;
}
