import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { CalendarScreen } from '#components/resilience/calendar-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewCalendar } from '#lib/resilience/records/view-calendar.ts';

export const metadata: Metadata = { title: 'Calendar of duties' };

export default async function CalendarPage() {
  const actor = await requireActor();
  const view = await viewCalendar(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <CalendarScreen {...view.value} />;
}
