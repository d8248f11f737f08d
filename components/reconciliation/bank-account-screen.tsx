import type { BankAccountView } from '#lib/reconciliation/bank/view-bank-account.ts';
import { Balance } from '../ledger/ledger-amount.tsx';
import { ledgerTopics } from '../ledger/ledger-topics.ts';
import { accountPath } from '../ledger/ledger-words.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Agreement } from './bank-accounts-screen.tsx';
import { statementColumns } from './bank-statement-columns.tsx';
import { ageWords, bankAccountPath, bankPath, daysWords } from './bank-words.ts';
import { ImportStatement } from './import-statement.tsx';

/** One account: what the bank and the books say, its statements, and where the next is imported. */
export function BankAccountScreen({ view, isFirst }: { view: BankAccountView; isFirst: boolean }) {
  const { account, statements, next, mayWrite, formats } = view;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Reconciliation', href: '/reconciliation' },
          { label: 'Banks', href: bankPath },
          { label: account.id },
        ]}
        title={`${account.institution}, ${account.id}`}
        state={accountState(account)}
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      <AccountFacts account={account} />
      <div className="mt-8 space-y-8">
        {isFirst && mayWrite && (
          <section>
            <SectionHeading>Import the next statement</SectionHeading>
            <ImportStatement account={account.id} formats={formats} />
          </section>
        )}
        <section>
          <SectionHeading>Statements</SectionHeading>
          <Table
            label={`Statements of ${account.id}`}
            columns={statementColumns(account)}
            rows={statements}
            rowKey={({ id }) => id}
            empty="No statement was imported yet. The first one says what was on the account before it."
            foot={
              <ListFoot
                count={countOf(statements.length, 'statement')}
                isFirst={isFirst}
                next={next}
              >
                , newest first
              </ListFoot>
            }
            footEnd={<KeysSwitch />}
          />
          <Pager
            first={isFirst ? null : bankAccountPath(account.id)}
            next={next && `${bankAccountPath(account.id)}?before=${next}`}
            what="statements"
          />
        </section>
      </div>
    </>
  );
}

function accountState({ last, ageDays, waiting, isEqual }: BankAccountView['account']): string {
  if (!last || ageDays === null) return 'No statement was imported yet.';
  const age = `The bank’s last word is of ${daysWords(last.to)}, ${ageWords(ageDays).words}`;
  if (waiting > 0) return `${age}. ${countOf(waiting, 'statement')} being booked at this moment.`;
  return isEqual
    ? `${age}, and the books say the same.`
    : `${age}, and the books say something else.`;
}

function AccountFacts({ account }: { account: BankAccountView['account'] }) {
  const { bankBalance, ledgerBalance, currency, segregated } = account;
  return (
    <DescriptionList
      items={[
        {
          term: 'IBAN',
          detail: (
            <span className="figures-mono">
              {account.iban} · BIC {account.bic}
            </span>
          ),
        },
        {
          term: 'By the bank',
          detail:
            bankBalance === null ? (
              'Not known yet'
            ) : (
              <Balance value={bankBalance} asset={currency} show="both" />
            ),
        },
        {
          term: 'By the books',
          detail: (
            <span className="inline-flex flex-wrap items-baseline gap-3">
              <TextLink href={accountPath(`bank/${account.id}/${currency}`)}>
                <Balance value={ledgerBalance} asset={currency} show="both" />
              </TextLink>
              {bankBalance !== null && <Agreement {...account} />}
            </span>
          ),
        },
        {
          term: 'Kept apart',
          detail: segregated ? (
            'Separately identifiable as an account for clients’ money'
          ) : (
            <StatusMark shape="triangle" tone="danger">
              Not separately identifiable: clients’ money must not stay here
            </StatusMark>
          ),
        },
        { term: 'Opened', detail: daysWords(account.openedOn) },
      ]}
    />
  );
}
