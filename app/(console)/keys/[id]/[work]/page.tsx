import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RaiseWork } from '#components/keys/raise-work.tsx';
import { isKeyWork, workWords } from '#components/keys/work-words.ts';
import { NoCustodians } from '#components/keys/no-custodians.tsx';
import { PartiesAway } from '#components/operations/parties-away.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewKey } from '#lib/operations/keys/view-keys.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { listPartiesAway } from '#lib/operations/list-parties-away.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Work on a key' };

export default async function KeyWorkPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string; work: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const context = webContext();
  const { id, work } = await params;
  if (!isKeyWork(work)) notFound();
  const key = await viewKey(actor, id, context);
  if (!key.ok && key.refusal.code === 'key-unknown') notFound();
  if (!key.ok) return <RefusedPage sentence={key.refusal.sentence} />;
  if (!actor.scopes.has('key:raise'))
    return <RefusedPage sentence="A custody officer raises what is done to a key." />;
  const away = await listPartiesAway(listParties(), key.value.parties);
  const { vault } = key.value;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Keys', href: '/keys' },
          { label: id, href: `/keys/${id}` },
          { label: workWords[work].title },
        ]}
        title={workWords[work].title}
        state={vault ? `Key of ${vault.tier} vault ${vault.name}.` : undefined}
      />
      <div className="mb-6 max-w-prose space-y-3 empty:hidden">
        {work === 'backup' && <NoCustodians view={key.value} />}
        <PartiesAway names={away} isSandbox={context.settings.mode === 'sandbox'} />
      </div>
      <RaiseWork work={work} view={key.value} party={oneOf((await searchParams)['party'])} />
    </>
  );
}
