import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { KeyScreen } from '#components/keys/key-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewKey } from '#lib/operations/keys/view-keys.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Key' };

export default async function KeyPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const key = await viewKey(actor, (await params).id, webContext());
  if (key.ok) return <KeyScreen view={key.value} canRaise={actor.scopes.has('key:raise')} />;
  if (key.refusal.code === 'key-unknown') notFound();
  return <RefusedPage sentence={key.refusal.sentence} />;
}
