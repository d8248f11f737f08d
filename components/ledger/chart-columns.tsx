import type { ChartBranch, ChartView } from '#lib/operations/view-chart.ts';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AccountLink } from './account-link.tsx';
import { chartAddress } from './chart-address.ts';
import { Balance } from './ledger-amount.tsx';
import { accountKind } from './ledger-words.ts';

/** A kind, or one asset of it. */
type TreeRow = { kind: string; accounts: number; branch: ChartBranch | null };

export const treeRows = (tree: ChartView['tree']): TreeRow[] =>
  tree.flatMap(({ kind, accounts, branches }) => [
    { kind, accounts, branch: null },
    ...branches.map((branch) => ({ kind, accounts: branch.accounts, branch })),
  ]);

const figure = (pick: (branch: ChartBranch) => string) =>
  function Figure({ branch }: TreeRow) {
    return (
      branch && (
        <OperationAmount value={pick(branch)} asset={branch.asset} show="figure" look="plain" />
      )
    );
  };

export const treeColumns: readonly Column<TreeRow>[] = [
  {
    id: 'branch',
    head: 'Kind and asset',
    cell: ({ kind, accounts, branch }) =>
      branch === null ? (
        <TextLink look="plain" href={chartAddress({ kind })}>
          <span className="font-medium">{accountKind(kind).name}</span>
        </TextLink>
      ) : (
        <div className="ps-5">
          <TextLink look="plain" href={chartAddress({ kind, asset: branch.asset })}>
            {branch.asset}
          </TextLink>
          <NarrowLine word={accountKind(kind).balance}>
            <Balance value={branch.balance} asset={branch.asset} show="both" />
          </NarrowLine>
          <NarrowLine word="Accounts">{countOf(accounts, 'account')}</NarrowLine>
        </div>
      ),
  },
  {
    id: 'accounts',
    narrow: 'hidden',
    head: 'Accounts',
    align: 'end',
    quiet: true,
    cell: ({ accounts }) =>
      `${accounts.toLocaleString('en')} ${accounts === 1 ? 'account' : 'accounts'}`,
  },
  {
    id: 'debits',
    narrow: 'hidden',
    head: 'Debits',
    align: 'end',
    quiet: true,
    cell: figure(({ debits }) => debits),
  },
  {
    id: 'credits',
    narrow: 'hidden',
    head: 'Credits',
    align: 'end',
    quiet: true,
    cell: figure(({ credits }) => credits),
  },
  {
    id: 'balance',
    narrow: 'hidden',
    head: 'Balance',
    align: 'end',
    cell: ({ branch }) => branch && <Balance value={branch.balance} asset={branch.asset} />,
  },
];

type AccountRow = ChartView['accounts'][number];

export const accountColumns: readonly Column<AccountRow>[] = [
  {
    id: 'account',
    head: 'Account',
    cell: ({ account, vaultName, asset, balance, kind }) => (
      <>
        <AccountLink account={account} vaultName={vaultName} />
        <NarrowLine word={accountKind(kind).balance}>
          <Balance value={balance} asset={asset} show="both" />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'kind',
    narrow: 'hidden',
    head: 'Kind',
    quiet: true,
    cell: ({ kind }) => accountKind(kind).name,
  },
  {
    id: 'debits',
    narrow: 'hidden',
    head: 'Debits',
    align: 'end',
    quiet: true,
    cell: ({ debits, asset }) => (
      <OperationAmount value={debits} asset={asset} show="figure" look="plain" />
    ),
  },
  {
    id: 'credits',
    narrow: 'hidden',
    head: 'Credits',
    align: 'end',
    quiet: true,
    cell: ({ credits, asset }) => (
      <OperationAmount value={credits} asset={asset} show="figure" look="plain" />
    ),
  },
  {
    id: 'balance',
    narrow: 'hidden',
    head: 'Balance',
    align: 'end',
    cell: ({ balance, asset }) => <Balance value={balance} asset={asset} />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
];
