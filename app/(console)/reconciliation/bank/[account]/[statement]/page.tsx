import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { BankStatementScreen } from '#components/reconciliation/bank-statement-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewBankStatement } from '#lib/reconciliation/bank/view-bank-statement.ts';
import { oneOf, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Bank statement' };

export default async function BankStatementPage({
  params,
  searchParams,
}: {
  params: Promise<{ account: string; statement: string }>;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const { account, statement } = await params;
  const after = oneOf((await searchParams)['after']);
  const view = await viewBankStatement(actor, { account, statement, after }, webContext());
  if (view.ok) return <BankStatementScreen view={view.value} isFirst={after === null} />;
  if (view.refusal.code === 'statement-unknown') notFound();
  return <RefusedPage sentence={view.refusal.sentence} />;
}
