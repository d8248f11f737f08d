import type { LedgerView } from '#lib/operations/view-ledger.ts';
import { countOf } from '../operations/counts.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Balance, isBelowZero } from './ledger-amount.tsx';
import { accountName, accountPath } from './ledger-words.ts';

type Row = LedgerView['banks'][number];

const columns: readonly Column<Row>[] = [
  {
    id: 'account',
    head: 'Account at a bank',
    cell: ({ account, balance, asset }) => (
      <>
        <TextLink look="plain" href={accountPath(account)}>
          {accountName(account)}
        </TextLink>
        <NarrowLine word="Holds by the books">
          <Balance value={balance} asset={asset} show="both" />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'balance',
    narrow: 'hidden',
    head: 'Holds by the books',
    align: 'end',
    cell: ({ balance, asset }) => <Balance value={balance} asset={asset} />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Currency', quiet: true, cell: ({ asset }) => asset },
];

/** Clients' money at credit institutions. Nothing is shown before the first entry of a bank is booked. */
export function BankBalances({ banks }: { banks: readonly Row[] }) {
  if (banks.length === 0) return null;
  return (
    <section>
      <SectionHeading action={<TextLink href="/reconciliation/bank">Their statements</TextLink>}>
        Banks
      </SectionHeading>
      <Table
        label="Balances at banks"
        columns={columns}
        rows={banks}
        rowKey={({ account }) => account}
        mark={({ balance }) => (isBelowZero(balance) ? 'caution' : null)}
        foot={countOf(banks.length, 'account')}
      />
    </section>
  );
}
