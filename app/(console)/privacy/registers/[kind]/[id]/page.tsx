import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { kindOfSlug, recordTitle } from '#components/resilience/kind-address.ts';
import { PartyBreaches } from '#components/privacy/breaches/party-breaches.tsx';
import { RecordScreen } from '#components/resilience/record-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listBreachesOf } from '#lib/privacy/breaches/list-breaches-of.ts';
import { viewFindings } from '#lib/privacy/registers/view-findings.ts';
import { listChoices } from '#lib/resilience/records/list-choices.ts';
import { viewRecord } from '#lib/resilience/records/view-record.ts';

type Props = { params: Promise<{ kind: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOfSlug('privacy', (await params).kind);
  return kind === null ? {} : { title: recordTitle(kind) };
}

export default async function RegisterRecordPage({ params }: Props) {
  const actor = await requireActor();
  const { kind: slug, id } = await params;
  const kind = kindOfSlug('privacy', slug);
  if (kind === null) notFound();
  const context = webContext();
  const view = await viewRecord(actor, { id }, context);
  if (!view.ok) {
    if (view.refusal.code === 'record-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  if (view.value.kind !== kind) notFound();
  const [choices, found, breaches] = await Promise.all([
    listChoices(actor, { of: [] }, context),
    viewFindings(actor, { id }, context),
    kind === 'processor' ? listBreachesOf(actor, { id }, context) : null,
  ]);
  if (!choices.ok) return <RefusedPage sentence={choices.refusal.sentence} />;
  return (
    <>
      <RecordScreen
        view={view.value}
        choices={choices.value}
        figures={null}
        graph={null}
        tests={[]}
        found={found.ok ? found.value : []}
        today={context.clock().toISOString().slice(0, 10)}
      />
      <PartyBreaches breaches={breaches?.ok ? breaches.value : []} />
    </>
  );
}
