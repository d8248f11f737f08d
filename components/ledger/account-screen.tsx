import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { holdColumns } from './account-columns.tsx';
import { AccountFacts, accountState } from './account-facts.tsx';
import { AccountMovements } from './account-movements.tsx';
import { AttributeButton } from './corrections/correct-button.tsx';
import { ledgerTopics } from './ledger-topics.ts';
import { fullAccountName } from './ledger-words.ts';
import { PendingDeposits } from './pending-deposits.tsx';

/** One account: where it stands, what is set aside of it, and every movement that led there. */
export function AccountScreen({
  view,
  isFirst,
  mayCorrect,
}: {
  view: LedgerAccountView;
  isFirst: boolean;
  mayCorrect: boolean;
}) {
  const { account, asset, vaultName } = view;
  const name = fullAccountName(account, vaultName);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Ledger', href: '/ledger' },
          { label: 'Accounts', href: '/ledger/accounts' },
          { label: `${name}, ${asset}` },
        ]}
        title={`${name}, ${asset}`}
        state={accountState(view)}
        action={mayCorrect && <AttributeButton account={account} balance={view.balance} />}
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      <AccountFacts view={view} />
      <div className="mt-8 space-y-8">
        {isFirst && view.holds.length > 0 && <Holds view={view} />}
        {isFirst && <PendingDeposits view={view} />}
        <AccountMovements view={view} name={name} isFirst={isFirst} mayCorrect={mayCorrect} />
      </div>
    </>
  );
}

function Holds({ view }: { view: LedgerAccountView }) {
  const { asset, holds, hasMoreHolds } = view;
  return (
    <section>
      <SectionHeading>Set aside for</SectionHeading>
      <Table
        label="What is set aside, and for which operation"
        columns={holdColumns(asset)}
        rows={holds}
        rowKey={({ operation }) => operation}
        foot={
          hasMoreHolds
            ? `The newest ${holds.length}; there are more.`
            : `${countOf(holds.length, 'amount')}. Each is free again or posted when its operation ends.`
        }
      />
    </section>
  );
}
