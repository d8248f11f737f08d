import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { DraftScreen } from '#components/policy/draft-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewDraft } from '#lib/operations/policy/view-draft.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Draft of a policy' };

export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const draft = await viewDraft(actor, (await params).id, webContext());
  if (!draft.ok) {
    if (draft.refusal.code === 'draft-unknown') notFound();
    return <RefusedPage sentence={draft.refusal.sentence} />;
  }
  return <DraftScreen key={draft.value.id} draft={draft.value} me={actor.displayName} />;
}
