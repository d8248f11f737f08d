import type { Metadata } from 'next';
import { PolicyScreen } from '#components/clients/policy-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewPolicy } from '#lib/clients/policy/view-policy.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewTierCard } from '#lib/operations/tiers/view-tier-card.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Custody policy' };

export default async function CustodyPolicyPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const version = oneOf((await searchParams)['version']);
  const view = await viewPolicy(actor, { version }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  const tiers = await viewTierCard(actor, webContext());
  const below = tiers.ok ? tiers.value.assets.filter(({ state }) => state === 'below') : [];
  return <PolicyScreen view={view.value} belowCold={below.map(({ asset }) => asset)} />;
}
