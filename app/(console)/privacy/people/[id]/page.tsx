import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { Notices } from '#components/privacy/notices.tsx';
import { PersonRecord } from '#components/privacy/person-record.tsx';
import { PersonRights } from '#components/privacy/person-rights.tsx';
import { PersonRequests } from '#components/privacy/requests/person-requests.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewNotices } from '#lib/privacy/notices/view-notices.ts';
import { viewPersonFile, type PersonFileView } from '#lib/privacy/people/view-person.ts';
import { viewCorrections } from '#lib/privacy/rectification/view-corrections.ts';
import { listPersonRequests } from '#lib/privacy/requests/list-person-requests.ts';
import { viewRestrictions } from '#lib/privacy/restriction/view-restrictions.ts';

export const metadata: Metadata = { title: 'Person' };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const context = webContext();
  const view = await viewPersonFile(actor, (await params).id, context);
  const notices = view.ok
    ? await viewNotices(actor, { personId: view.value.person }, context)
    : null;
  const requests = view.ok ? await listPersonRequests(actor, view.value.person, context) : null;
  if (view.ok)
    return (
      <PersonRecord view={view.value}>
        <Rights actor={actor} view={view.value} />
        <Notices view={notices?.ok ? notices.value : null} />
        {requests?.ok && <PersonRequests requests={requests.value} />}
      </PersonRecord>
    );
  if (view.refusal.code === 'person-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}

async function Rights({
  actor,
  view: { person, held },
}: {
  actor: Awaited<ReturnType<typeof requireActor>>;
  view: PersonFileView;
}) {
  const context = webContext();
  const restrictions = await viewRestrictions(actor, { personId: person }, context);
  const corrections = await viewCorrections(actor, person, context);
  if (!restrictions.ok || !corrections.ok) return null;
  return (
    <PersonRights
      person={person}
      restrictions={restrictions.value}
      corrections={corrections.value}
      asksConsent={held.some(({ field }) => field === 'marketing-consent')}
      serverNow={context.clock().toISOString()}
    />
  );
}
