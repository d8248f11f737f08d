import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PersonRecord } from '#components/identity/person-record.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPerson } from '#lib/operations/view-person.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Operator' };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const person = await viewPerson(actor, (await params).id, webContext());
  if (person.ok) return <PersonRecord person={person.value} />;
  if (person.refusal.code === 'operator-unknown') notFound();
  return <RefusedPage sentence={person.refusal.sentence} />;
}
