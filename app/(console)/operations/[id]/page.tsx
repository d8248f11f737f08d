import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { OperationScreen } from '#components/operations/operation-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { listWorkersAway } from '#lib/operations/list-workers-away.ts';
import { hasColleagues } from '#lib/operations/view-colleagues.ts';
import { viewOperation } from '#lib/operations/view-operation.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Operation' };

export default async function OperationPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const context = webContext();
  const { id } = await params;
  const operation = await viewOperation(actor, id, context);
  if (!operation.ok) {
    if (operation.refusal.code === 'operation-unknown') notFound();
    return <RefusedPage sentence={operation.refusal.sentence} />;
  }
  const { intent, final } = operation.value;
  const away = final ? [] : await listWorkersAway(listParties(), intent);
  return (
    <OperationScreen
      key={id}
      view={operation.value}
      viewer={{ personId: actor.personId }}
      serverNow={context.clock().toISOString()}
      hasColleagues={hasColleagues()}
      partyPages={Object.fromEntries(
        listParties().map(({ name, origin }) => [name, `${origin}/operations/${id}`]),
      )}
      away={{ names: away, isSandbox: context.settings.mode === 'sandbox' }}
    />
  );
}
