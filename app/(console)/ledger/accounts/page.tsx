import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ChartScreen } from '#components/ledger/chart-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewChart } from '#lib/operations/view-chart.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Chart of accounts' };

export default async function ChartPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = askedIn(await searchParams);
  const { after = null, before = null } = asked;
  const chart = await viewChart(actor, { asked, after, before }, webContext());
  if (!chart.ok) return <RefusedPage sentence={chart.refusal.sentence} />;
  return <ChartScreen view={chart.value} isFirst={after === null && before === null} />;
}
