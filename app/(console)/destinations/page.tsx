import type { Metadata } from 'next';
import { DestinationsScreen } from '#components/custody/destinations-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listDestinations } from '#lib/operations/list-destinations.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { clientId } from '#lib/protocol/scalars.ts';

export const metadata: Metadata = { title: 'Destinations' };

export default async function DestinationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const asked = clientId.safeParse(oneOf((await searchParams)['client']));
  const client = asked.success ? asked.data : null;
  const destinations = await listDestinations(actor, client === null ? {} : { client }, context);
  if (!destinations.ok) return <RefusedPage sentence={destinations.refusal.sentence} />;
  return (
    <DestinationsScreen
      destinations={destinations.value}
      client={client}
      serverNow={context.clock().toISOString()}
      can={{
        list: actor.scopes.has('destination:raise'),
        withdraw: actor.scopes.has('operation:raise'),
      }}
    />
  );
}
