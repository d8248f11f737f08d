import type { ChartView } from '#lib/operations/view-chart.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { buttonLook } from '../ui/button-look.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table } from '../ui/table.tsx';
import { chartAddress, chartFile } from './chart-address.ts';
import { accountColumns, treeColumns, treeRows } from './chart-columns.tsx';
import { ChartFilterForm } from './chart-filter-form.tsx';
import { isBelowZero } from './ledger-amount.tsx';
import { ledgerTopics } from './ledger-topics.ts';

function stateOf({ tree, asked }: ChartView): string {
  const accounts = tree.reduce((sum, kind) => sum + kind.accounts, 0);
  if (Object.keys(asked).length > 0)
    return `${countOf(accounts, 'account')} of what was asked for, with their sums.`;
  return `${countOf(accounts, 'account')}. Clients’, and the custodian’s own, apart from each other.`;
}

/** The trial balance: over all accounts of an asset both sides come to the same. */
function Totals({ totals }: Pick<ChartView, 'totals'>) {
  if (totals.length === 0) return null;
  return (
    <ul aria-label="Totals by asset" className="mt-3 space-y-1 px-3">
      {totals.map(({ asset, debits, credits, isEqual }) => (
        <li key={asset} className="flex flex-wrap items-baseline gap-x-3">
          <span className="tabular-nums">
            <strong>{asset}</strong> debits <span className="whitespace-nowrap">{debits},</span>{' '}
            credits <span className="whitespace-nowrap">{credits}</span>
          </span>
          {isEqual ? (
            <StatusMark shape="dot" tone="good">
              Equal
            </StatusMark>
          ) : (
            <StatusMark shape="triangle" tone="danger">
              Not equal: the books are broken
            </StatusMark>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Every account there is: sums by kind and asset, and the accounts themselves. */
export function ChartScreen({ view, isFirst }: { view: ChartView; isFirst: boolean }) {
  const { tree, accounts, next, back, asked, problem } = view;
  const isEmpty = tree.length === 0 && Object.keys(asked).length === 0;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Ledger', href: '/ledger' }, { label: 'Accounts' }]}
        title="Chart of accounts"
        state={problem === null ? stateOf(view) : 'What was asked for can’t be looked for.'}
        action={
          problem === null &&
          !isEmpty && (
            <a href={chartFile(asked)} download className={buttonLook('secondary', 'regular')}>
              Download CSV
            </a>
          )
        }
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      {isEmpty ? (
        <EmptyState
          title="There is no account yet"
          action={<LinkButton href="/vaults">Vaults</LinkButton>}
        >
          Accounts open by themselves: a vault’s when the parties have made its key, a client’s with
          the first deposit that names the client.
        </EmptyState>
      ) : (
        <>
          <ChartFilterForm asked={asked} />
          {problem !== null ? (
            <Notice tone="danger" title="This can’t be looked for.">
              {problem}
            </Notice>
          ) : (
            <div className="space-y-8">
              {isFirst && (
                <section>
                  <SectionHeading>By kind and asset</SectionHeading>
                  <Table
                    label="Sums by kind and asset"
                    columns={treeColumns}
                    rows={treeRows(tree)}
                    rowKey={({ kind, branch }) => `${kind} ${branch?.asset ?? ''}`}
                    empty="No account is like that. Show all accounts, or change the filter."
                    foot={
                      <span className="max-medium:hidden">
                        Debits and credits are gross: a mistake and its correction both stay in
                        them.
                      </span>
                    }
                  />
                  <Totals totals={view.totals} />
                </section>
              )}
              <section>
                <SectionHeading>Accounts</SectionHeading>
                <Table
                  label="Accounts"
                  columns={accountColumns}
                  rows={accounts}
                  rowKey={({ account }) => account}
                  mark={({ balance }) => (isBelowZero(balance) ? 'caution' : null)}
                  empty="No account is like that. Show all accounts, or change the filter."
                  foot={
                    <ListFoot
                      count={countOf(accounts.length, 'account')}
                      isFirst={isFirst}
                      next={next}
                    />
                  }
                  footEnd={<KeysSwitch />}
                />
                {(!isFirst || next !== null) && (
                  <nav aria-label="Pages of accounts" className="mt-4 flex flex-wrap gap-2">
                    {!isFirst && (
                      <LinkButton size="small" href={chartAddress(asked)}>
                        First accounts
                      </LinkButton>
                    )}
                    {back !== null && (
                      <LinkButton size="small" href={chartAddress(asked, ['before', back])}>
                        Accounts before
                      </LinkButton>
                    )}
                    {next !== null && (
                      <LinkButton size="small" href={chartAddress(asked, ['after', next])}>
                        Next accounts
                      </LinkButton>
                    )}
                  </nav>
                )}
              </section>
            </div>
          )}
        </>
      )}
    </>
  );
}
