import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BankAccountsScreen } from '#components/reconciliation/bank-accounts-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listBankAccounts } from '#lib/reconciliation/bank/list-bank-accounts.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Clients’ money at banks' };

export default async function BankAccountsPage() {
  const actor = await requireActor();
  const accounts = await listBankAccounts(actor, webContext());
  if (!accounts.ok) return <RefusedPage sentence={accounts.refusal.sentence} />;
  return <BankAccountsScreen view={accounts.value} />;
}
