import type { CorrectedJournal as JournalShown } from '#lib/reconciliation/corrections/view-new-correction.ts';
import { Notice } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { journalKind } from '../ledger-words.ts';
import { lineColumns } from '../line-columns.tsx';

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
        columns={lineColumns}
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
