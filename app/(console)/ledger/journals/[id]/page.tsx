import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { JournalRecord } from '#components/ledger/journal-record.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewJournal } from '#lib/operations/view-journal.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Journal' };

export default async function JournalPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const journal = await viewJournal(actor, (await params).id, webContext());
  if (journal.ok)
    return (
      <JournalRecord journal={journal.value} mayCorrect={actor.scopes.has('correction:raise')} />
    );
  if (journal.refusal.code === 'journal-unknown') notFound();
  return <RefusedPage sentence={journal.refusal.sentence} />;
}
