import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ReportScreen } from '#components/incidents/reports/report-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewReport } from '#lib/incidents/reports/view-report.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Report' };

export default async function ReportPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string; report: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
}) {
  const actor = await requireActor();
  const { id, report } = await params;
  const view = await viewReport(actor, { id: report }, webContext());
  if (!view.ok) {
    if (view.refusal.code === 'report-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  // A report stands under its own incident only.
  if (view.value.incident.id !== id.toLowerCase()) notFound();
  return <ReportScreen view={view.value} isPreview={(await searchParams).show === 'preview'} />;
}
