import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { StatementScreen } from '#components/statements/statement-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPosition } from '#lib/operations/positions/view-position.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Statement of position' };

export default async function StatementPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewPosition(actor, { id: (await params).id }, webContext());
  if (view.ok) return <StatementScreen view={view.value} />;
  if (view.refusal.code === 'statement-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
