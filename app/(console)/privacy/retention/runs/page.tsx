import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RunsScreen } from '#components/privacy/retention/runs-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listRuns } from '#lib/privacy/retention/runs/list-runs.ts';

export const metadata: Metadata = { title: 'Runs of retention' };

export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await listRuns(actor, askedIn(await searchParams), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <RunsScreen view={view.value} />;
}
