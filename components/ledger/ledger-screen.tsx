import type { LedgerView } from '#lib/operations/view-ledger.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AssetPositions, ledgerState } from './asset-positions.tsx';
import { BankBalances } from './bank-balances.tsx';
import { ClientBalances } from './client-balances.tsx';
import { ledgerTopics } from './ledger-topics.ts';
import { OtherAccounts, VaultBalances } from './other-accounts.tsx';

/** The books: what is owed, what is there, and to whom. */
export function LedgerScreen({ view, isFirst }: { view: LedgerView; isFirst: boolean }) {
  const { assets, clients, vaults, banks, others } = view;
  const isEmpty = clients.length + vaults.length + others.length === 0;
  return (
    <>
      <PageHeader
        title="Ledger"
        state={ledgerState(assets)}
        action={
          <>
            <LinkButton href="/ledger/accounts">Accounts</LinkButton>
            <LinkButton href="/ledger/corrections">Corrections</LinkButton>
            <LinkButton href="/ledger/journals">Journals</LinkButton>
          </>
        }
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      {isEmpty && isFirst ? (
        <EmptyState
          title="There is no account yet"
          action={<LinkButton href="/vaults">Vaults</LinkButton>}
        >
          Accounts open by themselves: a vault’s when the parties have made its key, a client’s with
          the first deposit that names the client.
        </EmptyState>
      ) : (
        <div className="space-y-8">
          <AssetPositions assets={assets} />
          <ClientBalances view={view} isFirst={isFirst} />
          <VaultBalances vaults={vaults} assets={assets} />
          <BankBalances banks={banks} />
          <OtherAccounts accounts={others} />
        </div>
      )}
    </>
  );
}
