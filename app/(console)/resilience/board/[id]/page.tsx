import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PackScreen } from '#components/board/pack-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewPack } from '#lib/resilience/board/view-pack.ts';

export const metadata: Metadata = { title: 'Board pack' };

export default async function PackPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewPack(actor, { id: (await params).id }, webContext());
  if (view.ok) return <PackScreen view={view.value} />;
  if (view.refusal.code === 'pack-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
