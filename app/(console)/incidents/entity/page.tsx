import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { EntityScreen } from '#components/incidents/entity-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewProfile } from '#lib/incidents/entity/view-profile.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'This entity' };

export default async function EntityPage() {
  const actor = await requireActor();
  const view = await viewProfile(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <EntityScreen view={view.value} />;
}
