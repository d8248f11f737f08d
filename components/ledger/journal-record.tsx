import type { JournalRecordView } from '#lib/operations/view-journal.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RowKeys } from '../ui/row-keys.tsx';
import { Table } from '../ui/table.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { CorrectJournalButton } from './corrections/correct-button.tsx';
import { JournalFacts } from './journal-facts.tsx';
import { journalKind } from './ledger-words.ts';
import { lineColumns } from './line-columns.tsx';

/** One journal: its lines, what it was booked for, and the proof that it is what was booked. */
export function JournalRecord({
  journal,
  mayCorrect,
}: {
  journal: JournalRecordView;
  mayCorrect: boolean;
}) {
  const { id, kind, postedAt, lines } = journal;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Ledger', href: '/ledger' },
          { label: 'Journals', href: '/ledger/journals' },
          { label: id },
        ]}
        title={`Journal ${id}: ${journalKind(kind).toLowerCase()}`}
        state={
          <>
            Posted <Time instant={postedAt} />. It can’t be changed; a mistake is mended by another
            journal.
          </>
        }
        action={mayCorrect && <CorrectJournalButton journal={id} />}
      />
      <section className="mb-8">
        <SectionHeading>Lines</SectionHeading>
        <Table
          label={`Lines of journal ${id}`}
          columns={lineColumns}
          rows={lines}
          rowKey={(line) => String(lines.indexOf(line))}
          foot={journal.sums.map((sum) => (
            <Sum key={sum.asset} {...sum} />
          ))}
        />
        <RowKeys />
      </section>
      <JournalFacts journal={journal} />
    </>
  );
}

function Sum({ asset, debit, credit, isBalanced }: JournalRecordView['sums'][number]) {
  return (
    <div className="flex flex-wrap gap-x-3">
      <span>
        Debits <OperationAmount value={debit} asset={asset} />, credits{' '}
        <OperationAmount value={credit} asset={asset} />
      </span>
      {isBalanced ? (
        <StatusMark shape="dot" tone="good">
          Equal
        </StatusMark>
      ) : (
        <StatusMark shape="triangle" tone="danger">
          Not equal
        </StatusMark>
      )}
    </div>
  );
}
