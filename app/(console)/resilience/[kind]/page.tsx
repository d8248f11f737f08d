import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { kindOfSlug, listTitle } from '#components/resilience/kind-address.ts';
import { filterOf, listAsked } from '#components/resilience/list-query.ts';
import { ListScreen } from '#components/resilience/list-screen.tsx';
import { RiskPicture } from '#components/resilience/risk-picture.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listRecords } from '#lib/resilience/records/list-records.ts';
import { viewRiskMap } from '#lib/resilience/records/view-risk-map.ts';

type Props = { params: Promise<{ kind: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOfSlug('resilience', (await params).kind);
  return kind === null ? {} : { title: listTitle(kind) };
}

export default async function RecordsPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const kind = kindOfSlug('resilience', (await params).kind);
  if (kind === null) notFound();
  const context = webContext();
  const given = askedIn(await searchParams);
  const asked = listAsked(given);
  const after = given['after'] ?? null;
  const today = context.clock().toISOString().slice(0, 10);
  const [page, map] = await Promise.all([
    listRecords(actor, filterOf(kind, asked, today, after), context),
    kind === 'risk' ? viewRiskMap(actor, context) : null,
  ]);
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return (
    <ListScreen
      kind={kind}
      asked={asked}
      after={after}
      page={page.value}
      today={today}
      canWrite={actor.scopes.has('resilience:write')}
    >
      {map?.ok && <RiskPicture map={map.value} asked={asked} />}
    </ListScreen>
  );
}
