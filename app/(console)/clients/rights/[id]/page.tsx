import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RightsRecordScreen } from '#components/clients/rights-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { viewRightsEvent } from '#lib/clients/rights/view-rights-event.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Rights event' };

export default async function RightsEventPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const after = oneOf((await searchParams)['after']);
  const record = await viewRightsEvent(actor, { id: (await params).id, after }, webContext());
  if (record.ok) return <RightsRecordScreen record={record.value} isFirst={after === null} />;
  if (record.refusal.code === 'event-unknown') notFound();
  return <RefusedPage sentence={record.refusal.sentence} />;
}
