import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { HoldScreen } from '#components/privacy/retention/hold-screen.tsx';
import { holdPath } from '#components/privacy/retention/retention-address.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewHold } from '#lib/privacy/retention/holds/view-hold.ts';

export const metadata: Metadata = { title: 'Legal hold' };

/** One hold by its number. */
export default async function HoldPage({ params }: { params: Promise<{ number: string }> }) {
  const actor = await requireActor();
  const { number: asked } = await params;
  const view = await viewHold(actor, asked, webContext());
  if (!view.ok) {
    if (view.refusal.code === 'hold-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  const { number } = view.value;
  if (number !== asked) redirect(holdPath(number));
  return <HoldScreen view={view.value} />;
}
