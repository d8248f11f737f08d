import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RequestScreen } from '#components/privacy/requests/request-screen.tsx';
import { requestPath } from '#components/privacy/requests/requests-address.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewCollecting } from '#lib/privacy/requests/view-collecting.ts';
import { viewRequest } from '#lib/privacy/requests/view-request.ts';

export const metadata: Metadata = { title: 'Request about personal data' };

/** One request by its number; what the right does is shown by the parts of each right. */
export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const { id: asked } = await params;
  const view = await viewRequest(actor, asked, webContext());
  if (!view.ok) {
    if (view.refusal.code === 'request-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  const { number } = view.value;
  if (number !== asked) redirect(requestPath(number));
  return <RequestScreen view={view.value} collecting={viewCollecting(view.value)} />;
}
