import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RosterScreen } from '#components/roster/roster-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewRoster } from '#lib/operations/roster/view-roster.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Roster' };

export default async function RosterPage() {
  const context = webContext();
  const view = await viewRoster(await requireActor(), context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <RosterScreen view={view.value} serverNow={context.clock().toISOString()} />;
}
