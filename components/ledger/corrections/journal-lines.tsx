import type { LineView } from '#lib/operations/ledger-text.ts';
import type { CorrectedJournal as JournalShown } from '#lib/reconciliation/corrections/view-new-correction.ts';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { Notice } from '../../ui/notice.tsx';
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

/** The journal that a correction corrects, as it stands in the books, and what corrects it already. */
export function CorrectedJournal({
  journal: { id, kind, postedAt, lines, correctedBy },
}: {
  journal: JournalShown;
}) {
  return (
    <div className="space-y-3">
      {correctedBy.length > 0 && (
        <Notice tone="caution" title={`Journal ${id} is corrected already.`}>
          Look at{' '}
          {correctedBy.map((journal, index) => (
            <span key={journal}>
              {index > 0 && ', '}
              <TextLink href={`/ledger/journals/${journal}`}>journal {journal}</TextLink>
            </span>
          ))}{' '}
          first, so that nothing is taken back twice.
        </Notice>
      )}
      <Table
        label={`Lines of journal ${id}`}
        columns={columns}
        rows={lines}
        rowKey={(line) => String(lines.indexOf(line))}
        foot={
          <>
            <TextLink href={`/ledger/journals/${id}`}>Journal {id}</TextLink>:{' '}
            {journalKind(kind).toLowerCase()}, posted <Time instant={postedAt} />. It stays as it
            is.
          </>
        }
      />
    </div>
  );
}
