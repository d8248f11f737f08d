import type { Metadata } from 'next';
import { DestinationsScreen } from '#components/custody/destinations-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listDestinationBook } from '#lib/operations/list-destination-book.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Destinations' };

export default async function DestinationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const asked = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, oneOf(value)]),
  );
  const book = await listDestinationBook(actor, asked, context);
  if (!book.ok) return <RefusedPage sentence={book.refusal.sentence} />;
  return (
    <DestinationsScreen
      book={book.value}
      serverNow={context.clock().toISOString()}
      can={{
        list: actor.scopes.has('destination:raise'),
        withdraw: actor.scopes.has('operation:raise'),
      }}
    />
  );
}
