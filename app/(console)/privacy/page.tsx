import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PrivacyHomeScreen } from '#components/privacy/home/home-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewPrivacyHome } from '#lib/privacy/home/view-home.ts';

export const metadata: Metadata = { title: 'Data protection' };

/** What needs somebody today; breaches, retention and erasures each bring their own part. */
export default async function PrivacyHomePage() {
  const view = await viewPrivacyHome(await requireActor(), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <PrivacyHomeScreen view={view.value} />;
}
