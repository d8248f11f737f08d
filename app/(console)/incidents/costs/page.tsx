import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { YearScreen } from '#components/incidents/costs/year-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewYear } from '#lib/incidents/costs/view-year.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Costs of incidents' };

export default async function CostsPage({
  searchParams,
}: {
  searchParams: Promise<{ year?: string | string[] }>;
}) {
  const actor = await requireActor();
  const view = await viewYear(actor, { year: (await searchParams).year }, webContext());
  if (view.ok) return <YearScreen view={view.value} />;
  return <RefusedPage sentence={view.refusal.sentence} />;
}
