import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LossRecordScreen } from '#components/clients/loss-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewLoss } from '#lib/clients/losses/view-loss.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Loss' };

export default async function LossPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const after = oneOf((await searchParams)['after']);
  const record = await viewLoss(actor, { id: (await params).id, after }, webContext());
  if (record.ok) return <LossRecordScreen record={record.value} isFirst={after === null} />;
  if (record.refusal.code === 'loss-unknown') notFound();
  return <RefusedPage sentence={record.refusal.sentence} />;
}
