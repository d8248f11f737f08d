import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { LedgerScreen } from '#components/ledger/ledger-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewLedger } from '#lib/operations/view-ledger.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Ledger' };

export default async function LedgerPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const after = oneOf((await searchParams)['after']);
  const ledger = await viewLedger(actor, { after }, webContext());
  if (!ledger.ok) return <RefusedPage sentence={ledger.refusal.sentence} />;
  return <LedgerScreen view={ledger.value} isFirst={after === null} />;
}
