import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ScheduleScreen } from '#components/privacy/retention/schedule-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRetention } from '#lib/privacy/retention/view-retention.ts';

export const metadata: Metadata = { title: 'Retention' };

export default async function RetentionPage() {
  const actor = await requireActor();
  const view = await viewRetention(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <ScheduleScreen view={view.value} />;
}
