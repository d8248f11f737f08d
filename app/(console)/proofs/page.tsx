import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ProofsScreen } from '#components/proofs/proofs-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listSnapshots } from '#lib/operations/proofs/list-snapshots.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Proofs' };

export default async function ProofsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const list = await listSnapshots(actor, { before }, webContext());
  if (!list.ok) return <RefusedPage sentence={list.refusal.sentence} />;
  return <ProofsScreen view={list.value} isFirst={before === null} />;
}
