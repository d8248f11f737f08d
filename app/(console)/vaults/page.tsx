import type { Metadata } from 'next';
import { VaultsScreen } from '#components/custody/vaults-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listVaults } from '#lib/operations/list-vaults.ts';
import { viewTierCard } from '#lib/operations/tiers/view-tier-card.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Vaults' };

export default async function VaultsPage() {
  const actor = await requireActor();
  const [vaults, tiers] = await Promise.all([
    listVaults(actor, webContext()),
    viewTierCard(actor, webContext()),
  ]);
  if (!vaults.ok) return <RefusedPage sentence={vaults.refusal.sentence} />;
  if (!tiers.ok) return <RefusedPage sentence={tiers.refusal.sentence} />;
  return (
    <VaultsScreen
      vaults={vaults.value}
      tiers={tiers.value}
      canRaise={actor.scopes.has('key:raise')}
    />
  );
}
