import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RaiseTabs } from '#components/raise/raise-tabs.tsx';
import { TransferScreen } from '#components/raise/transfer-screen.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listTransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Transfer between vaults' };

export default async function TransferPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = await searchParams;
  const options = await listTransferOptions(actor, webContext());
  if (!options.ok) return <RefusedPage sentence={options.refusal.sentence} />;
  const { vaults, assets } = options.value;
  const known = (name: string) => {
    const wanted = oneOf(asked[name]) ?? '';
    return vaults.some(({ id }) => id === wanted) ? wanted : '';
  };
  const asset = assets.find((entry) => entry.asset === oneOf(asked['asset'])) ?? assets[0];
  return (
    <>
      <PageHeader
        title="Transfer between vaults"
        state="You raise it; others approve and co-sign it. You cannot do more than one of these on the same operation."
      />
      <RaiseTabs current="/vaults/transfer" />
      {vaults.length < 2 ? (
        <EmptyState title="There are no two vaults yet">
          A transfer goes from one vault to another. Make the key of a second vault first.
        </EmptyState>
      ) : (
        <TransferScreen
          options={options.value}
          preset={{
            from: known('from'),
            to: known('to'),
            asset: asset?.asset ?? '',
            amount: (oneOf(asked['amount']) ?? '').slice(0, 90),
          }}
        />
      )}
    </>
  );
}
