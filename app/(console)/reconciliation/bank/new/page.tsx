import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RecordAccount } from '#components/reconciliation/record-account.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';

export const metadata: Metadata = { title: 'Put an account on record' };

export default async function NewBankAccountPage() {
  const actor = await requireActor();
  if (!actor.scopes.has('bank:write'))
    return <RefusedPage sentence="A custody officer puts accounts on record." />;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Reconciliation', href: '/reconciliation' },
          { label: 'Banks', href: '/reconciliation/bank' },
          { label: 'New' },
        ]}
        title="Put an account on record"
        state="An account in euros with clients’ money at a credit institution. What is written here stays as it is."
      />
      <RecordAccount />
    </>
  );
}
