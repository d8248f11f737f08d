import type { Metadata } from 'next';
import { VaultsScreen } from '#components/custody/vaults-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listVaults } from '#lib/operations/list-vaults.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Vaults' };

export default async function VaultsPage() {
  const actor = await requireActor();
  const vaults = await listVaults(actor, webContext());
  if (!vaults.ok) return <RefusedPage sentence={vaults.refusal.sentence} />;
  return <VaultsScreen vaults={vaults.value} canRaise={actor.scopes.has('key:raise')} />;
}
