import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PersonRecord } from '#components/privacy/person-record.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewPersonFile } from '#lib/privacy/people/view-person.ts';

export const metadata: Metadata = { title: 'Person' };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const view = await viewPersonFile(actor, (await params).id, webContext());
  if (view.ok) return <PersonRecord view={view.value} />;
  if (view.refusal.code === 'person-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
