import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { CorrectionsScreen } from '#components/ledger/corrections/corrections-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listCorrections } from '#lib/reconciliation/corrections/list-corrections.ts';

export const metadata: Metadata = { title: 'Corrections' };

export default async function CorrectionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const { state, after } = await searchParams;
  const asked = { state: oneOf(state), after: oneOf(after) };
  const view = await listCorrections(actor, asked, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <CorrectionsScreen view={view.value} />;
}
