import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { OverviewScreen } from '#components/resilience/overview-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listChoices } from '#lib/resilience/records/list-choices.ts';
import { listComing } from '#lib/resilience/records/list-coming.ts';
import { viewCalendar } from '#lib/resilience/records/view-calendar.ts';
import { viewFigures } from '#lib/resilience/records/view-figures.ts';
import { viewFramework } from '#lib/resilience/records/view-framework.ts';
import { viewRiskMap } from '#lib/resilience/records/view-risk-map.ts';

export const metadata: Metadata = { title: 'Resilience' };

export default async function ResiliencePage() {
  const actor = await requireActor();
  const context = webContext();
  const [figures, framework, map, coming, calendar, choices] = await Promise.all([
    viewFigures(actor, context),
    viewFramework(actor, context),
    viewRiskMap(actor, context),
    listComing(actor, context),
    viewCalendar(actor, context),
    listChoices(actor, { of: ['function', 'provider'] }, context),
  ]);
  for (const one of [figures, framework, map, coming, calendar, choices])
    if (!one.ok) return <RefusedPage sentence={one.refusal.sentence} />;
  if (!figures.ok || !framework.ok || !map.ok || !coming.ok || !calendar.ok || !choices.ok)
    return null;
  const { records } = choices.value;
  return (
    <OverviewScreen
      figures={figures.value}
      framework={framework.value}
      map={map.value}
      coming={coming.value}
      duties={calendar.value.duties}
      named={{ functions: records.function ?? [], providers: records.provider ?? [] }}
      today={coming.value.today}
      canWrite={actor.scopes.has('resilience:write')}
    />
  );
}
