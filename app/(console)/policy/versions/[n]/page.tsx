import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { VersionScreen } from '#components/policy/version-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPolicyVersion } from '#lib/operations/policy/view-policy-version.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'A version of the policy' };

export default async function PolicyVersionPage({ params }: { params: Promise<{ n: string }> }) {
  const actor = await requireActor();
  const view = await viewPolicyVersion(actor, (await params).n, webContext());
  if (!view.ok) {
    if (view.refusal.code === 'version-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  return <VersionScreen view={view.value} />;
}
