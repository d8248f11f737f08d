import type { BankStatementView, EntryRow } from '#lib/reconciliation/bank/view-bank-statement.ts';
import { Balance, Movement } from '../ledger/ledger-amount.tsx';
import { ledgerTopics } from '../ledger/ledger-topics.ts';
import { accountPath } from '../ledger/ledger-words.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { bookedMark } from './bank-statement-columns.tsx';
import {
  bankAccountPath,
  bankPath,
  bankStatementPath,
  causeWords,
  daysWords,
} from './bank-words.ts';

/** Where the entry went: to a client, or why nobody is named for it. */
function Booking({ booking, currency }: { booking: EntryRow['booking']; currency: string }) {
  if (!booking) return <>Not booked yet</>;
  return (
    <>
      {booking.client === null ? (
        causeWords(booking.cause)
      ) : (
        <TextLink look="plain" href={accountPath(`client/${booking.client}/${currency}`)}>
          {booking.client}
        </TextLink>
      )}{' '}
      · <TextLink href={`/ledger/journals/${booking.journal}`}>journal {booking.journal}</TextLink>
    </>
  );
}

/** What the payer wrote, and what else the bank says of the entry. */
function Words({ entry }: { entry: EntryRow }) {
  const { remittance, counterparty, endToEnd, payments, isReversal } = entry;
  const more = [
    counterparty,
    endToEnd !== null && `end to end ${endToEnd}`,
    payments > 1 && countOf(payments, 'payment'),
    isReversal && 'reversal',
  ].filter((part) => typeof part === 'string');
  return (
    <>
      {remittance === '' ? 'No text' : remittance}
      {more.length > 0 && <span className="block text-sm text-text-quiet">{more.join(' · ')}</span>}
    </>
  );
}

const columnsOf = (currency: string): readonly Column<EntryRow>[] => [
  {
    id: 'reference',
    head: 'Bank’s reference',
    cell: (entry) => (
      <>
        <Code>{entry.reference ?? 'brought forward'}</Code>
        <NarrowLine word="Booked by the bank">{daysWords(entry.bookingDay)}</NarrowLine>
        <NarrowLine word="Amount">
          <Movement value={entry.amount} asset={currency} show="both" />
        </NarrowLine>
        <NarrowLine word="Text">
          <Words entry={entry} />
        </NarrowLine>
        <NarrowLine word="In the books">
          <Booking booking={entry.booking} currency={currency} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'day',
    narrow: 'hidden',
    head: 'Booked by the bank',
    cell: ({ bookingDay }) => daysWords(bookingDay),
  },
  {
    id: 'value',
    narrow: 'hidden',
    head: 'Value',
    quiet: true,
    cell: ({ valueDay }) => (valueDay === null ? 'not named' : daysWords(valueDay)),
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Amount',
    align: 'end',
    cell: ({ amount }) => <Movement value={amount} asset={currency} />,
  },
  {
    id: 'text',
    narrow: 'hidden',
    head: 'Text',
    wrap: true,
    cell: (entry) => <Words entry={entry} />,
  },
  {
    id: 'booking',
    narrow: 'hidden',
    head: 'In the books',
    wrap: true,
    cell: ({ booking }) => <Booking booking={booking} currency={currency} />,
  },
];

/** One imported statement: its balances, the file it came in, and every entry with what became of it. */
export function BankStatementScreen({
  view,
  isFirst,
}: {
  view: BankStatementView;
  isFirst: boolean;
}) {
  const { account, entries, next } = view;
  const path = bankStatementPath(account.id, view.id);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Reconciliation', href: '/reconciliation' },
          { label: 'Banks', href: bankPath },
          { label: account.id, href: bankAccountPath(account.id) },
          { label: `Number ${view.sequence}` },
        ]}
        title={`Statement ${view.sequence} of ${account.institution}, ${account.id}`}
        state={
          view.isBooked
            ? `${countOf(view.entryCount, 'entry', 'entries')}, each booked by a journal of its own.`
            : `${countOf(view.entryCount, 'entry', 'entries')}, being booked one after the other.`
        }
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      <StatementFacts view={view} />
      <section className="mt-8">
        <SectionHeading>Entries</SectionHeading>
        <Table
          label={`Entries of statement ${view.sequence}`}
          columns={columnsOf(account.currency)}
          rows={entries}
          rowKey={({ position }) => String(position)}
          empty="The bank booked nothing on these days."
          foot={
            <ListFoot
              count={countOf(entries.length, 'entry', 'entries')}
              isFirst={isFirst}
              next={next}
            >
              , in the bank’s order, {account.currency}
            </ListFoot>
          }
          footEnd={<KeysSwitch />}
        />
        <Pager
          first={isFirst ? null : path}
          next={next && `${path}?after=${next}`}
          what="entries"
          words={{ first: 'First', next: 'Next' }}
        />
      </section>
    </>
  );
}

function StatementFacts({ view }: { view: BankStatementView }) {
  const { account, opening, closing, from, to } = view;
  return (
    <DescriptionList
      items={[
        { term: 'Days', detail: daysWords(from, to) },
        {
          term: 'Opened with',
          detail: <Balance value={opening} asset={account.currency} show="both" />,
        },
        {
          term: 'Closed with',
          detail: <Balance value={closing} asset={account.currency} show="both" />,
        },
        { term: 'Account', detail: <span className="figures-mono">{account.iban}</span> },
        { term: 'Bank’s id', detail: <Code>{view.bankId}</Code> },
        { term: 'State', detail: bookedMark(view.isBooked) },
        {
          term: 'Imported',
          detail: (
            <>
              by {view.importedBy}, <Time instant={view.importedAt} />
            </>
          ),
        },
        {
          term: 'File',
          detail: (
            <>
              {view.format}, {view.fileBytes} bytes, SHA-256{' '}
              <span className="figures-mono wrap-anywhere">{view.fileDigest}</span>
            </>
          ),
        },
      ]}
    />
  );
}
