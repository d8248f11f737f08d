import type { BankAccountView, StatementRow } from '#lib/reconciliation/bank/view-bank-account.ts';
import { Balance } from '../ledger/ledger-amount.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { bankStatementPath, daysWords } from './bank-words.ts';

const days = ({ from, to }: StatementRow): string => daysWords(from, to);

export const bookedMark = (isBooked: boolean) =>
  isBooked ? (
    <StatusMark shape="dot" tone="good">
      booked
    </StatusMark>
  ) : (
    <StatusMark shape="ring">being booked</StatusMark>
  );

/** Statements of one account, each with the balances at its ends. */
export function statementColumns({
  id: account,
  currency,
}: BankAccountView['account']): readonly Column<StatementRow>[] {
  const amount = (value: string) => <Balance value={value} asset={currency} />;
  return [
    {
      id: 'number',
      head: 'Number',
      cell: (row) => (
        <>
          <TextLink look="plain" href={bankStatementPath(account, row.id)}>
            {row.sequence}
          </TextLink>
          <NarrowLine word="Days">{days(row)}</NarrowLine>
          <NarrowLine word="Opened with">{amount(row.opening)}</NarrowLine>
          <NarrowLine word="Closed with">{amount(row.closing)}</NarrowLine>
          <NarrowLine word="Entries">
            {row.entries} {bookedMark(row.isBooked)}
          </NarrowLine>
        </>
      ),
    },
    { id: 'days', narrow: 'hidden', head: 'Days', cell: days },
    {
      id: 'entries',
      narrow: 'hidden',
      head: 'Entries',
      align: 'end',
      cell: ({ entries }) => entries,
    },
    {
      id: 'opening',
      narrow: 'hidden',
      head: 'Opened with',
      align: 'end',
      cell: ({ opening }) => amount(opening),
    },
    {
      id: 'closing',
      narrow: 'hidden',
      head: 'Closed with',
      align: 'end',
      cell: ({ closing }) => amount(closing),
    },
    { id: 'currency', narrow: 'hidden', head: 'Currency', quiet: true, cell: () => currency },
    { id: 'booked', narrow: 'hidden', head: 'State', cell: ({ isBooked }) => bookedMark(isBooked) },
    {
      id: 'imported',
      narrow: 'hidden',
      head: 'Imported',
      align: 'end',
      quiet: true,
      cell: ({ importedAt }) => <Time instant={importedAt} />,
    },
  ];
}
