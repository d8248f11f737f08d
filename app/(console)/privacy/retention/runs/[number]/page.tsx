import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { runPath } from '#components/privacy/retention/retention-address.ts';
import { RunScreen } from '#components/privacy/retention/run-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRun } from '#lib/privacy/retention/runs/view-run.ts';

export const metadata: Metadata = { title: 'Run of retention' };

/** One run by its number. */
export default async function RunPage({ params }: { params: Promise<{ number: string }> }) {
  const actor = await requireActor();
  const { number: asked } = await params;
  const view = await viewRun(actor, asked, webContext());
  if (!view.ok) {
    if (view.refusal.code === 'run-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  const { number } = view.value;
  if (number !== asked) redirect(runPath(number));
  return <RunScreen view={view.value} />;
}
