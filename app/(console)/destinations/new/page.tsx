import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { DestinationScreen } from '#components/raise/destination-screen.tsx';
import { RaiseTabs } from '#components/raise/raise-tabs.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listListingOptions } from '#lib/operations/list-raise-options.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'List an address' };

export default async function NewDestinationPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const preset = oneOf((await searchParams)['client']);
  const options = await listListingOptions(actor, webContext());
  if (!options.ok) return <RefusedPage sentence={options.refusal.sentence} />;
  return (
    <>
      <PageHeader
        title="List an address"
        state="A withdrawal can only go to an address on the list. Each party keeps its own copy of the list and pays nothing else."
      />
      <RaiseTabs current="/destinations/new" />
      <DestinationScreen options={options.value} preset={preset} />
    </>
  );
}
