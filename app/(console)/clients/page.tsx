import type { Metadata } from 'next';
import { ClientsScreen } from '#components/clients/clients-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { listClients } from '#lib/clients/list-clients.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Clients' };

export default async function ClientsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const after = oneOf((await searchParams)['after']);
  const view = await listClients(actor, { after }, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <ClientsScreen view={view.value} isFirst={after === null} />;
}
