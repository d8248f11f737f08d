import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RecurringScreen } from '#components/incidents/recurring/recurring-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listChecks } from '#lib/incidents/recurrence/list-checks.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Recurring incidents' };

export default async function RecurringPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const view = await listChecks(actor, askedIn(await searchParams), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <RecurringScreen view={view.value} />;
}
