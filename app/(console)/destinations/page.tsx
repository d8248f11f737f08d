import type { Metadata } from 'next';
import { DestinationsScreen } from '#components/custody/destinations-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { browseDestinations } from '#lib/operations/browse-destinations.ts';
import { filterFault, readDestinationFilter } from '#lib/operations/destination-filter.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Destinations' };

export default async function DestinationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const asked = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, oneOf(value)]),
  );
  const filter = readDestinationFilter(asked);
  const page = await browseDestinations(actor, filter, context);
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return (
    <DestinationsScreen
      page={page.value}
      filter={filter}
      fault={filterFault(asked, filter)}
      serverNow={context.clock().toISOString()}
      can={{
        list: actor.scopes.has('destination:raise'),
        withdraw: actor.scopes.has('operation:raise'),
      }}
    />
  );
}
