import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PartiesAway } from '#components/operations/parties-away.tsx';
import { CeremonyScreen } from '#components/raise/ceremony-screen.tsx';
import { RaiseTabs } from '#components/raise/raise-tabs.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listParties } from '#lib/operations/list-parties.ts';
import { listCeremonyOptions } from '#lib/operations/list-raise-options.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Make a vault key' };

export default async function NewVaultPage() {
  const context = webContext();
  const options = await listCeremonyOptions(await requireActor(), listParties(), context);
  if (!options.ok) return <RefusedPage sentence={options.refusal.sentence} />;
  return (
    <>
      <PageHeader
        title="Make a vault key"
        state="The parties make a vault’s key together, each its own share, once one person of each group has stated."
      />
      <RaiseTabs current="/vaults/new" />
      <div className="not-empty:mb-6">
        <PartiesAway names={options.value.away} isSandbox={context.settings.mode === 'sandbox'} />
      </div>
      <CeremonyScreen options={options.value} />
    </>
  );
}
