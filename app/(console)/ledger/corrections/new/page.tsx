import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { NewCorrectionScreen } from '#components/ledger/corrections/new-correction-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewNewCorrection } from '#lib/reconciliation/corrections/view-new-correction.ts';

export const metadata: Metadata = { title: 'Raise a correction' };

export default async function NewCorrectionPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, oneOf(value)]),
  );
  const view = await viewNewCorrection(actor, given, webContext());
  if (view.ok) return <NewCorrectionScreen view={view.value} />;
  if (view.refusal.code === 'origin-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
