import type { Metadata } from 'next';
import { ComplaintsScreen } from '#components/clients/complaints-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listComplaints } from '#lib/clients/complaints/list-complaints.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Complaints' };

export default async function ComplaintsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const before = oneOf((await searchParams)['before']);
  const view = await listComplaints(actor, { before }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <ComplaintsScreen view={view.value} isFirst={before === null} />;
}
