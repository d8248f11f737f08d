import type { Metadata } from 'next';
import { SegregationScreen } from '#components/clients/segregation-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewSegregation } from '#lib/clients/segregation/view-segregation.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Segregation' };

export default async function SegregationPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = await searchParams;
  const before = oneOf(asked['before']);
  const accounts = oneOf(asked['accounts']);
  const find = oneOf(asked['find']);
  const view = await viewSegregation(actor, { before, accounts, find }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  const part = before !== null ? 'checks' : accounts !== null || find !== null ? 'accounts' : 'all';
  return <SegregationScreen view={view.value} part={part} />;
}
