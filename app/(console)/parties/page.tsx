import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PartiesScreen } from '#components/parties/parties-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { viewParties } from '#lib/operations/view-parties.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Parties' };

export default async function PartiesPage() {
  const context = webContext();
  const view = await viewParties(await requireActor(), listParties(), context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <PartiesScreen view={view.value} serverNow={context.clock().toISOString()} />;
}
