import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ReportsScreen } from '#components/incidents/reports/reports-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listReports } from '#lib/incidents/reports/list-reports.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Reports' };

export default async function ReportsPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await listReports(actor, { incident: (await params).id }, webContext());
  if (view.ok) return <ReportsScreen view={view.value} />;
  if (view.refusal.code === 'incident-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
