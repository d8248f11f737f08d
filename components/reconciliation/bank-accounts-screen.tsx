import type { BankAccountsView } from '#lib/reconciliation/bank/list-bank-accounts.ts';
import { Balance } from '../ledger/ledger-amount.tsx';
import { ledgerTopics } from '../ledger/ledger-topics.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { ageWords, bankAccountPath, bankPath, daysWords } from './bank-words.ts';

type Row = BankAccountsView['accounts'][number];

const lastWords = ({ last }: Row) =>
  last ? `${daysWords(last.to)}, number ${last.sequence}` : 'None yet';

/** Age of what the bank said last; what is old is marked in words and shape. */
function Age({ ageDays }: Row) {
  if (ageDays === null) return null;
  const { words, isOld } = ageWords(ageDays);
  if (!isOld) return <>{words}</>;
  return (
    <StatusMark shape="ring" tone="caution">
      {words}
    </StatusMark>
  );
}

/** Whether books and bank say the same. */
export function Agreement({ isEqual, waiting }: Pick<Row, 'isEqual' | 'waiting'>) {
  if (waiting > 0) return <StatusMark shape="ring">being booked</StatusMark>;
  return isEqual ? (
    <StatusMark shape="dot" tone="good">
      equal
    </StatusMark>
  ) : (
    <StatusMark shape="triangle" tone="danger">
      different
    </StatusMark>
  );
}

const amount = (value: string | null, asset: string, show: 'both' | 'figure' = 'figure') =>
  value !== null && <Balance value={value} asset={asset} show={show} />;

const columns: readonly Column<Row>[] = [
  {
    id: 'account',
    head: 'Account',
    cell: (row) => (
      <>
        <TextLink look="plain" href={bankAccountPath(row.id)}>
          {row.id}
        </TextLink>
        <NarrowLine word="Institution">{row.institution}</NarrowLine>
        <NarrowLine word="By the bank">{amount(row.bankBalance, row.currency, 'both')}</NarrowLine>
        <NarrowLine word="By the books">
          {amount(row.ledgerBalance, row.currency, 'both')}
        </NarrowLine>
        <NarrowLine word="Both">
          <Agreement {...row} />
        </NarrowLine>
        <NarrowLine word="Last statement">{lastWords(row)}</NarrowLine>
        <NarrowLine word="Age">{row.ageDays !== null && <Age {...row} />}</NarrowLine>
      </>
    ),
  },
  {
    id: 'institution',
    narrow: 'hidden',
    head: 'Institution',
    cell: ({ institution }) => institution,
  },
  {
    id: 'bank',
    narrow: 'hidden',
    head: 'By the bank',
    align: 'end',
    cell: ({ bankBalance, currency }) => amount(bankBalance, currency),
  },
  {
    id: 'books',
    narrow: 'hidden',
    head: 'By the books',
    align: 'end',
    cell: ({ ledgerBalance, currency }) => amount(ledgerBalance, currency),
  },
  {
    id: 'currency',
    narrow: 'hidden',
    head: 'Currency',
    quiet: true,
    cell: ({ currency }) => currency,
  },
  { id: 'agreement', narrow: 'hidden', head: 'Both', cell: (row) => <Agreement {...row} /> },
  { id: 'last', narrow: 'hidden', head: 'Last statement', quiet: true, cell: lastWords },
  { id: 'age', narrow: 'hidden', head: 'Age', quiet: true, cell: (row) => <Age {...row} /> },
];

/** How the accounts stand, in one sentence. */
function accountsState(accounts: readonly Row[]): string {
  if (accounts.length === 0) return 'No account with clients’ money is on record.';
  const different = accounts.filter(({ isEqual, waiting }) => !isEqual && waiting === 0).length;
  const silent = accounts.filter(({ last }) => last === null).length;
  const parts = [
    different > 0 && `${countOf(different, 'account')} where books and bank differ`,
    silent > 0 && `${countOf(silent, 'account')} without a statement`,
  ].filter((part) => part !== false);
  return parts.length > 0
    ? `There ${different + silent === 1 ? 'is' : 'are'} ${parts.join(' and ')}.`
    : 'For every account the books say what the bank said last.';
}

/** Accounts with clients' money at credit institutions. */
export function BankAccountsScreen({ view }: { view: BankAccountsView }) {
  const { accounts, mayWrite } = view;
  const add = mayWrite && (
    <LinkButton href={`${bankPath}/new`}>Put an account on record</LinkButton>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Reconciliation', href: '/reconciliation' }, { label: 'Banks' }]}
        title="Clients’ money at banks"
        state={accountsState(accounts)}
        action={add}
      />
      <LiveRefresh topics={ledgerTopics} />
      {accounts.length === 0 ? (
        <EmptyState title="There is no account yet" action={add}>
          An account at a credit institution is put on record first; then its statements are
          imported, one after the other.
        </EmptyState>
      ) : (
        <Table
          label="Accounts at banks"
          columns={columns}
          rows={accounts}
          rowKey={({ id }) => id}
          mark={({ isEqual, waiting }) => (isEqual || waiting > 0 ? null : 'danger')}
          foot={`${countOf(accounts.length, 'account')}. Statements are imported on an account’s page.`}
          footEnd={<KeysSwitch />}
        />
      )}
    </>
  );
}
