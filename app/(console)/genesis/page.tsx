import type { Metadata } from 'next';
import { GenesisScreen } from '#components/genesis/genesis-screen.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewGenesis } from '#lib/operations/genesis/view-genesis.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Genesis' };

export default async function GenesisPage() {
  const actor = await requireActor();
  const genesis = await viewGenesis(actor, listParties(), webContext());
  if (!genesis.ok) return <RefusedPage sentence={genesis.refusal.sentence} />;
  return (
    <GenesisScreen
      genesis={genesis.value}
      you={actor.personId}
      mayMakeKey={actor.scopes.has('key:raise')}
    />
  );
}
