import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BreachesRefused, BreachesScreen } from '#components/privacy/breaches/breaches-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listBreaches } from '#lib/privacy/breaches/list-breaches.ts';

export const metadata: Metadata = { title: 'Breaches of personal data' };

export default async function BreachesPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = askedIn(await searchParams);
  const view = await listBreaches(actor, asked, webContext());
  if (view.ok) return <BreachesScreen view={view.value} after={asked['after'] ?? null} />;
  return view.refusal.code === 'filter-invalid' ? (
    <BreachesRefused sentence={view.refusal.sentence} />
  ) : (
    <RefusedPage sentence={view.refusal.sentence} />
  );
}
