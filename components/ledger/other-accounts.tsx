import type { AssetView, LedgerView } from '#lib/operations/view-ledger.ts';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Balance, isBelowZero } from './ledger-amount.tsx';
import { accountKind, accountName, accountPath } from './ledger-words.ts';

type VaultRow = LedgerView['vaults'][number];

const vaultColumns: readonly Column<VaultRow>[] = [
  {
    id: 'vault',
    head: 'Vault',
    cell: ({ vault, name, asset, amount }) => (
      <>
        <TextLink look="plain" href={accountPath(`vault/${vault}/${asset}`)}>
          {name}
        </TextLink>
        <NarrowLine word="Holds by the books">
          <Balance value={amount} asset={asset} show="both" />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Holds by the books',
    align: 'end',
    cell: ({ amount, asset }) => <Balance value={amount} asset={asset} />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
];

/** What lies in each vault. The sums at the foot are over all of them, and they are all shown. */
export function VaultBalances({
  vaults,
  assets,
}: {
  vaults: readonly VaultRow[];
  assets: readonly AssetView[];
}) {
  return (
    <section>
      <SectionHeading>Vaults</SectionHeading>
      <Table
        label="Vault balances"
        columns={vaultColumns}
        rows={vaults}
        rowKey={({ vault, asset }) => `${vault} ${asset}`}
        mark={({ amount }) => (isBelowZero(amount) ? 'caution' : null)}
        empty="No vault has an account yet. One opens with the vault’s key, under Vaults."
        foot={
          <>
            {countOf(vaults.length, 'balance')}
            {assets
              .filter(({ atBanks }) => atBanks === null)
              .map(({ asset, inVaults }) => (
                <div key={asset}>
                  Together <OperationAmount value={inVaults} asset={asset} />
                </div>
              ))}
          </>
        }
      />
    </section>
  );
}

type OtherRow = LedgerView['others'][number];

const otherColumns: readonly Column<OtherRow>[] = [
  {
    id: 'account',
    head: 'Account',
    cell: ({ account, balance, asset, kind }) => (
      <>
        <TextLink look="plain" href={accountPath(account)}>
          {accountName(account)}
        </TextLink>
        <NarrowLine word={accountKind(kind).name}>
          <Balance value={balance} asset={asset} show="both" />
        </NarrowLine>
      </>
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
  {
    id: 'kind',
    narrow: 'hidden',
    head: 'Kind',
    quiet: true,
    cell: ({ kind }) => accountKind(kind).name,
  },
];

/** The custodian's own accounts, kept apart from clients', what nobody has claimed, and what is missing. */
export function OtherAccounts({ accounts }: { accounts: readonly OtherRow[] }) {
  return (
    <section>
      <SectionHeading>The custodian’s own, suspense, and what is missing</SectionHeading>
      <Table
        label="Accounts of the custodian, suspense, and what is missing"
        columns={otherColumns}
        rows={accounts}
        rowKey={({ account }) => account}
        mark={({ balance }) => (isBelowZero(balance) ? 'caution' : null)}
        empty="The custodian has no account of its own yet. They open with the first vault."
        foot={`${countOf(accounts.length, 'account')}. None of them is ever mixed with a client’s.`}
      />
    </section>
  );
}
