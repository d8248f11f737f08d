import type { Metadata } from 'next';
import { OutflowsScreen } from '#components/custody/outflows-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listOutflows } from '#lib/operations/list-outflows.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Unexplained outflows' };

export default async function OutflowsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const after = oneOf((await searchParams)['after']) ?? null;
  const page = await listOutflows(actor, { after }, webContext());
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return (
    <OutflowsScreen
      page={page.value}
      isFirst={after === null}
      maySee={actor.scopes.has('stop:raise')}
    />
  );
}
