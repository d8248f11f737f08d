import type { LineChange } from '#lib/reconciliation/corrections/line-changes.ts';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { AccountLink } from '../account-link.tsx';
import { accountKind } from '../ledger-words.ts';
import { assetColumn, sideColumns } from '../line-columns.tsx';
import { SideLine } from '../side-line.tsx';

function Figure({ value, asset }: { value: string | null; asset: string }) {
  return value === null ? (
    <span className="text-text-quiet">unchanged</span>
  ) : (
    <OperationAmount value={value} asset={asset} show="figure" look="plain" />
  );
}

/** What a balance is on this kind of account: "In the vault", "Owed to the client". */
const meaning = ({ account }: LineChange): string =>
  accountKind(account.split('/')[0] ?? '').balance;

const columns: readonly Column<LineChange>[] = [
  {
    id: 'account',
    head: 'Account',
    cell: (line) => (
      <>
        <AccountLink account={line.account} vaultName={line.vaultName} />
        <span translate="no" className="block figures-mono text-sm break-all text-text-quiet">
          {line.account}
        </span>
        <SideLine debit={line.debit} credit={line.credit} asset={line.asset} />
        <NarrowLine word={`${meaning(line)}, before`}>
          <Figure value={line.before} asset={line.asset} />
        </NarrowLine>
        <NarrowLine word="After">
          <Figure value={line.after} asset={line.asset} />
        </NarrowLine>
      </>
    ),
  },
  ...sideColumns,
  {
    id: 'before',
    narrow: 'hidden',
    head: 'Balance before',
    align: 'end',
    quiet: true,
    cell: ({ before, asset }) => <Figure value={before} asset={asset} />,
  },
  {
    id: 'after',
    narrow: 'hidden',
    head: 'Balance after',
    align: 'end',
    cell: ({ after, asset }) => <Figure value={after} asset={asset} />,
  },
  assetColumn,
];

/** The lines of a correction, with what each account stands at before and after. */
export function CorrectionLines({
  number,
  lines,
  foot,
}: {
  number: string;
  lines: readonly LineChange[];
  foot: string;
}) {
  return (
    <Table
      label={`Lines of ${number}`}
      columns={columns}
      rows={lines}
      rowKey={({ account }) => account}
      foot={foot}
    />
  );
}
