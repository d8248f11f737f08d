import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RequestsRefused, RequestsScreen } from '#components/privacy/requests/requests-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listRequests } from '#lib/privacy/requests/list-requests.ts';

export const metadata: Metadata = { title: 'Requests about personal data' };

export default async function RequestsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await listRequests(actor, askedIn(await searchParams), webContext());
  if (!view.ok) {
    const { code, sentence } = view.refusal;
    return code === 'filter-invalid' ? (
      <RequestsRefused sentence={sentence} />
    ) : (
      <RefusedPage sentence={sentence} />
    );
  }
  return <RequestsScreen view={view.value} />;
}
