import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RaisePolicyScreen } from '#components/raise/policy-screen.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewDraft } from '#lib/operations/policy/view-draft.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Raise a policy change' };

export default async function RaisePolicyPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const draft = await viewDraft(actor, (await params).id, webContext());
  if (!draft.ok) {
    if (draft.refusal.code === 'draft-unknown') notFound();
    return <RefusedPage sentence={draft.refusal.sentence} />;
  }
  const { id, name } = draft.value;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Policy', href: '/policy' },
          { label: <bdi>{name}</bdi>, href: `/policy/drafts/${id}` },
          { label: 'Raise' },
        ]}
        title="Raise a policy change"
        state="You raise it; whoever the rules in force ask for approves and co-signs it. You can’t do more than one of these on the same operation."
      />
      <RaisePolicyScreen draft={draft.value} />
    </>
  );
}
