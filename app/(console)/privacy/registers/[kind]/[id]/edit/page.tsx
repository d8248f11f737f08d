import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { kindOfSlug } from '#components/resilience/kind-address.ts';
import { namedKinds } from '#components/resilience/named-kinds.ts';
import { PrivacyForm } from '#components/resilience/privacy-form.tsx';
import { RecordFormScreen } from '#components/resilience/record-form-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listChoices } from '#lib/resilience/records/list-choices.ts';
import { viewRecord } from '#lib/resilience/records/view-record.ts';

export const metadata: Metadata = { title: 'Change a record' };

export default async function EditRegisterPage({
  params,
}: {
  params: Promise<{ kind: string; id: string }>;
}) {
  const actor = await requireActor();
  const { kind: slug, id } = await params;
  const kind = kindOfSlug('privacy', slug);
  if (kind === null) notFound();
  const context = webContext();
  const [view, choices] = await Promise.all([
    viewRecord(actor, { id }, context),
    listChoices(actor, { of: namedKinds(kind) }, context),
  ]);
  if (!view.ok) {
    if (view.refusal.code === 'record-unknown') notFound();
    return <RefusedPage sentence={view.refusal.sentence} />;
  }
  if (view.value.kind !== kind) notFound();
  if (!view.value.canWrite && !view.value.canApprove)
    return <RefusedPage sentence="Managers and the data protection officer keep these records." />;
  if (!choices.ok) return <RefusedPage sentence={choices.refusal.sentence} />;
  return (
    <RecordFormScreen
      kind={kind}
      Form={PrivacyForm}
      view={view.value}
      choices={choices.value}
      given={{}}
    />
  );
}
