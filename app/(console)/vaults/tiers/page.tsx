import type { Metadata } from 'next';
import { TiersScreen } from '#components/custody/tiers-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewTiers } from '#lib/operations/tiers/view-tiers.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Tiers' };

export default async function TiersPage() {
  const actor = await requireActor();
  const view = await viewTiers(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <TiersScreen view={view.value} canRaise={actor.scopes.has('operation:raise')} />;
}
