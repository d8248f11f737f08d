import type { Metadata } from 'next';
import { PolicyScreen } from '#components/clients/policy-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewPolicy } from '#lib/clients/policy/view-policy.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Custody policy' };

export default async function CustodyPolicyPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const version = oneOf((await searchParams)['version']);
  const view = await viewPolicy(actor, { version }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <PolicyScreen view={view.value} />;
}
