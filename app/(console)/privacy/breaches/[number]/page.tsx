import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BreachScreen } from '#components/privacy/breaches/breach-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewBreach } from '#lib/privacy/breaches/view-breach.ts';

export const metadata: Metadata = { title: 'Breach of personal data' };

export default async function BreachPage({ params }: { params: Promise<{ number: string }> }) {
  const actor = await requireActor();
  const { number } = await params;
  const view = await viewBreach(actor, number, webContext());
  if (view.ok) return <BreachScreen view={view.value} />;
  if (view.refusal.code === 'breach-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
