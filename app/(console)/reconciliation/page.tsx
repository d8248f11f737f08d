import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { OverviewScreen } from '#components/reconciliation/overview-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listBreaks } from '#lib/reconciliation/list-breaks.ts';
import { viewOverview } from '#lib/reconciliation/view-overview.ts';

export const metadata: Metadata = { title: 'Reconciliation' };

export default async function ReconciliationPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const asked = askedIn(await searchParams);
  const view = await viewOverview(actor, context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  const breaks = await listBreaks(actor, asked, context);
  if (!breaks.ok) return <RefusedPage sentence={breaks.refusal.sentence} />;
  return (
    <OverviewScreen
      view={view.value}
      breaks={breaks.value}
      mayRun={actor.scopes.has('reconciliation:run')}
    />
  );
}
