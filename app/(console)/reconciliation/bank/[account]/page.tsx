import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BankAccountScreen } from '#components/reconciliation/bank-account-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewBankAccount } from '#lib/reconciliation/bank/view-bank-account.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Account at a bank' };

export default async function BankAccountPage({
  params,
  searchParams,
}: {
  params: Promise<{ account: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const { account } = await params;
  const before = oneOf((await searchParams)['before']);
  const view = await viewBankAccount(actor, { account, before }, webContext());
  if (view.ok) return <BankAccountScreen view={view.value} isFirst={before === null} />;
  if (view.refusal.code === 'account-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
