import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { AccountScreen } from '#components/ledger/account-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewLedgerAccount } from '#lib/operations/view-ledger-account.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Ledger account' };

type Params = Promise<{ kind: string; name: string; asset: string }>;

export default async function LedgerAccountPage({
  params,
  searchParams,
}: {
  params: Params;
  searchParams: SearchParams;
}) {
  const actor = await requireActor();
  const { kind, name, asset } = await params;
  const asked = askedIn(await searchParams);
  const { before = null, after = null } = asked;
  const account = await viewLedgerAccount(
    actor,
    { account: `${kind}/${name}/${asset}`, before, after, asked },
    webContext(),
  );
  if (account.ok)
    return (
      <AccountScreen
        view={account.value}
        isFirst={before === null && after === null}
        mayCorrect={actor.scopes.has('correction:raise')}
      />
    );
  if (account.refusal.code === 'account-unknown') notFound();
  return <RefusedPage sentence={account.refusal.sentence} />;
}
