import type { LineView } from '#lib/operations/ledger-text.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import type { Column } from '../ui/table.tsx';
import { AccountLink } from './account-link.tsx';
import { SideLine } from './side-line.tsx';

type Sides = Pick<LineView, 'debit' | 'credit' | 'asset'>;

/** The two sides of a line, where there is room for columns of their own. */
export const sideColumns: readonly Column<Sides>[] = [
  {
    id: 'debit',
    narrow: 'hidden',
    head: 'Debit',
    align: 'end',
    cell: ({ debit, asset }) =>
      debit !== null && <OperationAmount value={debit} asset={asset} show="figure" />,
  },
  {
    id: 'credit',
    narrow: 'hidden',
    head: 'Credit',
    align: 'end',
    cell: ({ credit, asset }) =>
      credit !== null && <OperationAmount value={credit} asset={asset} show="figure" />,
  },
];

export const assetColumn: Column<Pick<LineView, 'asset'>> = {
  id: 'asset',
  narrow: 'hidden',
  head: 'Asset',
  quiet: true,
  cell: ({ asset }) => asset,
};

/** A journal's lines as they stand in the books. */
export const lineColumns: readonly Column<LineView>[] = [
  {
    id: 'account',
    head: 'Account',
    cell: ({ account, vaultName, debit, credit, asset }) => (
      <>
        <AccountLink account={account} vaultName={vaultName} />
        <SideLine debit={debit} credit={credit} asset={asset} />
      </>
    ),
  },
  ...sideColumns,
  assetColumn,
];
