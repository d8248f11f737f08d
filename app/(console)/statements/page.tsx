import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { StatementsScreen } from '#components/statements/statements-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPositions } from '#lib/operations/positions/view-positions.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Statements of position' };

export default async function StatementsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = await searchParams;
  const input = { client: oneOf(asked['client']), before: oneOf(asked['before']) };
  const view = await viewPositions(actor, input, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return (
    <StatementsScreen
      view={view.value}
      client={view.value.client}
      isFirst={input.before === null}
    />
  );
}
