import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ErasurePlanSection } from '#components/privacy/erasure-plan.tsx';
import { Notices } from '#components/privacy/notices.tsx';
import { Rectify } from '#components/privacy/rectify.tsx';
import { Package } from '#components/privacy/package.tsx';
import { RequestScreen } from '#components/privacy/requests/request-screen.tsx';
import { requestPath } from '#components/privacy/requests/requests-address.ts';
import { Restrict } from '#components/privacy/restrict.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewErasure } from '#lib/privacy/erasure/view-erasure.ts';
import { viewRectification } from '#lib/privacy/rectification/view-corrections.ts';
import { viewNotices } from '#lib/privacy/notices/view-notices.ts';
import { viewPackage } from '#lib/privacy/package/view-package.ts';
import { viewCollecting } from '#lib/privacy/requests/view-collecting.ts';
import { viewRequest } from '#lib/privacy/requests/view-request.ts';
import { viewRestrictions } from '#lib/privacy/restriction/view-restrictions.ts';

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
  const context = webContext();
  const rectification = await viewRectification(actor, view.value, context);
  const restrictions = await viewRestrictions(actor, { requestId: view.value.id }, context);
  const notices = await viewNotices(actor, { requestId: view.value.id }, context);
  const erasing = await viewErasure(actor, view.value, context);
  const erasure = erasing.ok ? erasing.value : null;
  const plan = rectification?.plan?.commitment ?? erasure?.toPropose ?? null;
  const copy = await viewPackage(actor, view.value, context);
  return (
    <RequestScreen
      view={view.value}
      collecting={viewCollecting(view.value)}
      made={{ package: copy.ok ? (copy.value?.toPropose ?? null) : null, plan }}
    >
      <Package view={copy.ok ? copy.value : null} />
      <ErasurePlanSection view={erasure} />
      <Rectify request={view.value} view={rectification} />
      {restrictions.ok && <Restrict request={view.value} view={restrictions.value} />}
      <Notices view={notices.ok ? notices.value : null} />
    </RequestScreen>
  );
}
