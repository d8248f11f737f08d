import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { OperationsScreen } from '#components/operations/operations-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listOperations } from '#lib/operations/list-operations.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Operations' };

export default async function OperationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = askedIn(await searchParams);
  const page = await listOperations(actor, asked, webContext());
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return (
    <OperationsScreen
      page={page.value}
      isFirst={(asked['after'] ?? null) === null}
      canRaise={actor.scopes.has('operation:raise')}
    />
  );
}
