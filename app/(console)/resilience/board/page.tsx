import type { Metadata } from 'next';
import { BoardScreen } from '#components/board/board-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listPacks } from '#lib/resilience/board/list-packs.ts';

export const metadata: Metadata = { title: 'Board' };

export default async function BoardPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = askedIn(await searchParams);
  const input = { after: asked['after'] ?? null, quarter: asked['quarter'] ?? null };
  const view = await listPacks(actor, input, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <BoardScreen view={view.value} isFirst={view.value.preview !== null} />;
}
