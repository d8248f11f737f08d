import type { Metadata } from 'next';
import { ChainsScreen } from '#components/custody/chains-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewChains } from '#lib/operations/view-chains.ts';

export const metadata: Metadata = { title: 'Chains' };

export default async function ChainsPage() {
  const view = await viewChains(await requireActor());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <ChainsScreen view={view.value} />;
}
