import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BreachesPart } from '#components/privacy/home/breaches-part.tsx';
import { DecisionsPart } from '#components/privacy/home/decisions-part.tsx';
import { ErasuresPart } from '#components/privacy/home/erasures-part.tsx';
import { HoldsPart } from '#components/privacy/home/holds-part.tsx';
import { NoticesPart } from '#components/privacy/home/notices-part.tsx';
import { PrivacyHomeScreen } from '#components/privacy/home/home-screen.tsx';
import { RecentEndsPart } from '#components/privacy/home/recent-ends-part.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listBreaches } from '#lib/privacy/breaches/list-breaches.ts';
import { listDecisions } from '#lib/privacy/home/list-decisions.ts';
import { listErasuresDue } from '#lib/privacy/home/list-erasures-due.ts';
import { listNoticesDue } from '#lib/privacy/home/list-notices-due.ts';
import { listRecentEnds } from '#lib/privacy/home/list-recent-ends.ts';
import { viewPrivacyHome } from '#lib/privacy/home/view-home.ts';
import { listHolds } from '#lib/privacy/retention/holds/list-holds.ts';

export const metadata: Metadata = { title: 'Data protection' };

/** What needs somebody today; breaches, retention and erasures each bring their own part. */
export default async function PrivacyHomePage() {
  const actor = await requireActor();
  const context = webContext();
  const [view, holds, breaches, erasures, ends, notices, decisions] = await Promise.all([
    viewPrivacyHome(actor, context),
    listHolds(actor, { list: 'overdue' }, context),
    listBreaches(actor, { list: 'open' }, context),
    listErasuresDue(actor, context),
    listRecentEnds(actor, context),
    listNoticesDue(actor, context),
    listDecisions(actor, context),
  ]);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return (
    <PrivacyHomeScreen view={view.value}>
      {breaches.ok && (
        <BreachesPart breaches={breaches.value.rows} serverNow={breaches.value.serverNow} />
      )}
      {decisions.ok && <DecisionsPart waiting={decisions.value} />}
      {erasures.ok && <ErasuresPart view={erasures.value} />}
      {notices.ok && notices.value.count > 0 && <NoticesPart view={notices.value} />}
      {ends.ok && ends.value.count > 0 && <RecentEndsPart view={ends.value} />}
      {holds.ok && <HoldsPart overdue={holds.value.rows} />}
    </PrivacyHomeScreen>
  );
}
