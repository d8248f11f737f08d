import type { LineView } from '#lib/operations/ledger-text.ts';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { AccountLink } from '../account-link.tsx';
import { journalKind } from '../ledger-words.ts';
import { SideLine } from '../side-line.tsx';

const columns: readonly Column<LineView>[] = [
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
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
];

/** The journal that a correction corrects, as it stands in the books. */
export function CorrectedJournal({
  journal: { id, kind, postedAt, lines },
}: {
  journal: { id: string; kind: string; postedAt: string; lines: readonly LineView[] };
}) {
  return (
    <Table
      label={`Lines of journal ${id}`}
      columns={columns}
      rows={lines}
      rowKey={(line) => String(lines.indexOf(line))}
      foot={
        <>
          <TextLink href={`/ledger/journals/${id}`}>Journal {id}</TextLink>:{' '}
          {journalKind(kind).toLowerCase()}, posted <Time instant={postedAt} />. It stays as it is.
        </>
      }
    />
  );
}
