import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReleaseScreen } from '#components/freeze/release-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listFreezes } from '#lib/operations/list-freezes.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Release a freeze' };

export default async function ReleasePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const freezes = await listFreezes(await requireActor(), listParties(), webContext());
  if (!freezes.ok) return <RefusedPage sentence={freezes.refusal.sentence} />;
  const { standing, released, release } = freezes.value;
  if (!release.allowed) return <RefusedPage sentence={release.sentence} />;
  const freeze = [...standing, ...released].find(({ operation }) => operation === id);
  if (!freeze) notFound();
  return <ReleaseScreen freeze={freeze} needs={freezes.value.releaseNeeds ?? []} />;
}
