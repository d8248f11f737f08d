import type { Metadata } from 'next';
import { FreezeScreen } from '#components/freeze/freeze-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listFreezes } from '#lib/operations/list-freezes.ts';
import { listIncidents } from '#lib/operations/list-incidents.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Freeze' };

export default async function FreezePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const after = oneOf((await searchParams)['after']) ?? null;
  const [freezes, incidents] = await Promise.all([
    listFreezes(actor, listParties(), context),
    listIncidents(actor, { after }, context),
  ]);
  if (!freezes.ok) return <RefusedPage sentence={freezes.refusal.sentence} />;
  if (!incidents.ok) return <RefusedPage sentence={incidents.refusal.sentence} />;
  return (
    <FreezeScreen
      view={freezes.value}
      incidents={incidents.value}
      stopPages={listParties().map(({ name, origin }) => ({
        party: name,
        address: `${origin}/stop`,
      }))}
    />
  );
}
