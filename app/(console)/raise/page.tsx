import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RaiseTabs } from '#components/raise/raise-tabs.tsx';
import { WithdrawalScreen } from '#components/raise/withdrawal-screen.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listWithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Raise a withdrawal' };

export default async function RaisePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const asked = await searchParams;
  const client = oneOf(asked['client']);
  const options = await listWithdrawalOptions(actor, { client }, webContext());
  if (!options.ok) return <RefusedPage sentence={options.refusal.sentence} />;
  return (
    <>
      <PageHeader
        title="Raise a withdrawal"
        state="You raise it; others approve and co-sign it. You cannot do more than one of these on the same operation."
      />
      <RaiseTabs current="/raise" />
      <WithdrawalScreen options={options.value} preset={oneOf(asked['destination'])} />
    </>
  );
}
