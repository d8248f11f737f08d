import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { namedIds, OverviewScreen } from '#components/resilience/overview-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listComing } from '#lib/resilience/records/list-coming.ts';
import { listNames } from '#lib/resilience/records/list-names.ts';
import { viewCalendar } from '#lib/resilience/records/view-calendar.ts';
import { viewFigures } from '#lib/resilience/records/view-figures.ts';
import { viewFramework } from '#lib/resilience/records/view-framework.ts';
import { viewResults } from '#lib/resilience/records/view-results.ts';
import { viewRiskMap } from '#lib/resilience/records/view-risk-map.ts';

export const metadata: Metadata = { title: 'Resilience' };

export default async function ResiliencePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const asked = askedIn(await searchParams);
  const [figures, framework, map, coming, calendar, results] = await Promise.all([
    viewFigures(actor, context),
    viewFramework(actor, context),
    viewRiskMap(actor, context),
    listComing(actor, context),
    viewCalendar(actor, context),
    viewResults(actor, asked, context),
  ]);
  for (const one of [figures, framework, map, coming, calendar, results])
    if (!one.ok) return <RefusedPage sentence={one.refusal.sentence} />;
  if (!figures.ok || !framework.ok || !map.ok || !coming.ok || !calendar.ok || !results.ok)
    return null;
  const names = await listNames(actor, { ids: namedIds(framework.value) }, context);
  return (
    <OverviewScreen
      figures={figures.value}
      framework={framework.value}
      map={map.value}
      coming={coming.value}
      duties={calendar.value.duties}
      names={names.ok ? names.value : {}}
      today={coming.value.today}
      results={results.value}
      canWrite={actor.scopes.has('resilience:write')}
    />
  );
}
