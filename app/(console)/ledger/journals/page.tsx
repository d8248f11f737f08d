import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { JournalsScreen } from '#components/ledger/journals-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewJournals } from '#lib/operations/view-journals.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Journals' };

export default async function JournalsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const page = await viewJournals(actor, { before }, webContext());
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return <JournalsScreen page={page.value} isFirst={before === null} />;
}
