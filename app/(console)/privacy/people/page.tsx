import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PeopleScreen } from '#components/privacy/people-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewPeople } from '#lib/privacy/people/view-people.ts';

export const metadata: Metadata = { title: 'People’s data' };

export default async function PeoplePage() {
  const view = viewPeople(await requireActor());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <PeopleScreen {...view.value} />;
}
