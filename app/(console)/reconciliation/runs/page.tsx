import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RunsScreen } from '#components/reconciliation/runs-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listRuns } from '#lib/reconciliation/list-runs.ts';

export const metadata: Metadata = { title: 'Runs of reconciliation' };

export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, oneOf(value)]),
  );
  const runs = await listRuns(actor, asked, webContext());
  if (!runs.ok) return <RefusedPage sentence={runs.refusal.sentence} />;
  return <RunsScreen view={runs.value} />;
}
