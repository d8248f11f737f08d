import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { kindOfSlug, newTitle } from '#components/resilience/kind-address.ts';
import { ResilienceForm } from '#components/resilience/resilience-form.tsx';
import { RecordFormScreen } from '#components/resilience/record-form-screen.tsx';
import { namedKinds } from '#components/resilience/named-kinds.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listChoices } from '#lib/resilience/records/list-choices.ts';

type Props = { params: Promise<{ kind: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOfSlug('resilience', (await params).kind);
  return kind === null ? {} : { title: newTitle(kind) };
}

export default async function NewRecordPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const kind = kindOfSlug('resilience', (await params).kind);
  if (kind === null) notFound();
  if (!actor.scopes.has('resilience:write'))
    return <RefusedPage sentence="Managers and administrators keep these records." />;
  const choices = await listChoices(actor, { of: namedKinds(kind) }, webContext());
  if (!choices.ok) return <RefusedPage sentence={choices.refusal.sentence} />;
  return (
    <RecordFormScreen
      kind={kind}
      Form={ResilienceForm}
      view={null}
      choices={choices.value}
      given={askedIn(await searchParams)}
    />
  );
}
