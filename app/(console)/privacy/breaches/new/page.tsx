import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { breachesPath } from '#components/privacy/breaches/breaches-address.ts';
import { ReportBreach } from '#components/privacy/breaches/report-breach.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Report a breach of personal data' };

/** Whoever may report an incident reports a breach of personal data, too. */
export default async function NewBreachPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  if (!actor.scopes.has('incident:report'))
    return <RefusedPage sentence="You may not report a breach of personal data." />;
  const { incident = '' } = askedIn(await searchParams);
  const mayRead = actor.scopes.has('privacy:read') || actor.scopes.has('privacy:approve');
  return (
    <>
      <PageHeader
        crumbs={[
          ...(mayRead
            ? [
                { label: 'Data protection', href: '/privacy' },
                { label: 'Breaches', href: breachesPath },
              ]
            : []),
          { label: 'Report' },
        ]}
        title="Report a breach of personal data"
        state="Somebody saw, got or changed data who should not, or data are lost or can’t be reached. Report it as soon as you suspect it."
      />
      <ReportBreach
        incident={incident ?? ''}
        mayRead={mayRead}
        serverNow={webContext().clock().toISOString()}
      />
    </>
  );
}
