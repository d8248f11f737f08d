import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RunScreen } from '#components/reconciliation/run-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRun } from '#lib/reconciliation/view-run.ts';

export const metadata: Metadata = { title: 'Run of reconciliation' };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const run = await viewRun(actor, (await params).id, webContext());
  if (run.ok) return <RunScreen run={run.value} />;
  if (run.refusal.code === 'run-unknown') notFound();
  return <RefusedPage sentence={run.refusal.sentence} />;
}
