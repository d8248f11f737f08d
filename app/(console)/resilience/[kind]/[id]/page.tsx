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
import { listRecords } from '#lib/resilience/records/list-records.ts';
import { viewFramework } from '#lib/resilience/records/view-framework.ts';
import { viewGraph } from '#lib/resilience/records/view-graph.ts';
import { viewRecord } from '#lib/resilience/records/view-record.ts';

type Props = { params: Promise<{ kind: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOfSlug('resilience', (await params).kind);
  return kind === null ? {} : { title: recordTitle(kind) };
}

export default async function RecordPage({ params }: Props) {
  const actor = await requireActor();
  const { kind: slug, id } = await params;
  const kind = kindOfSlug('resilience', slug);
  if (kind === null) notFound();
  const context = webContext();
  const view = await viewRecord(actor, { id }, context);
  if (!view.ok) {
    if (view.refusal.code === 'record-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  if (view.value.kind !== kind) notFound();
  const hasFigures = kind === 'function' || kind === 'provider';
  const [choices, framework, graph, tests, found, breaches] = await Promise.all([
    listChoices(actor, { of: kind === 'contract' ? ['function'] : [] }, context),
    hasFigures ? viewFramework(actor, context) : null,
    kind === 'function' ? viewGraph(actor, { id }, context) : null,
    kind === 'plan' ? listRecords(actor, { kind: 'plan-test', naming: id }, context) : null,
    kind === 'contract' ? viewFindings(actor, { id }, context) : null,
    kind === 'provider' ? listBreachesOf(actor, { id }, context) : null,
  ]);
  if (!choices.ok) return <RefusedPage sentence={choices.refusal.sentence} />;
  return (
    <>
      <RecordScreen
        view={view.value}
        choices={choices.value}
        figures={framework?.ok ? framework.value : null}
        graph={graph?.ok ? graph.value : null}
        tests={tests?.ok ? tests.value.lines : []}
        found={found?.ok ? found.value : []}
        today={context.clock().toISOString().slice(0, 10)}
      />
      <PartyBreaches breaches={breaches?.ok ? breaches.value : []} />
    </>
  );
}
