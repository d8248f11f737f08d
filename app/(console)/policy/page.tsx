import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PolicyScreen } from '#components/policy/policy-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPolicy } from '#lib/operations/policy/view-policy.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Policy' };

export default async function PolicyPage() {
  const context = webContext();
  const view = await viewPolicy(await requireActor(), context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <PolicyScreen view={view.value} serverNow={context.clock().toISOString()} />;
}
