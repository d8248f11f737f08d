import type { Metadata } from 'next';
import { AccessScreen } from '#components/access/access-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewAccess } from '#lib/operations/access/view-access.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Access review' };

export default async function AccessPage() {
  const view = await viewAccess(await requireActor(), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <AccessScreen view={view.value} />;
}
