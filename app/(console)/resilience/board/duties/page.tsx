import type { Metadata } from 'next';
import { DutiesScreen } from '#components/board/duties-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewDuties } from '#lib/resilience/board/view-duties.ts';

export const metadata: Metadata = { title: 'Duties of the board' };

export default async function BoardDutiesPage() {
  const actor = await requireActor();
  const view = await viewDuties(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <DutiesScreen view={view.value} />;
}
