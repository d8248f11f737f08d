import type { ReactNode } from 'react';
import type { JournalEntryView, JournalsView } from '#lib/operations/view-journals.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LiveStatus } from '../live/live-status.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { AccountLink } from './account-link.tsx';
import { ledgerTopics } from './ledger-topics.ts';
import { journalKind } from './ledger-words.ts';
import { OperationLink } from './operation-link.tsx';

type Line = JournalEntryView['lines'][number];
/** One line of a journal; what the journal says as a whole stands on its first line only. */
type Row = { journal: JournalEntryView; line: Line; index: number };

const onFirst = (cell: (journal: JournalEntryView) => ReactNode) => (row: Row) =>
  row.index === 0 && cell(row.journal);

const columns: readonly Column<Row>[] = [
  {
    id: 'journal',
    head: 'Journal',
    cell: ({ journal, index }) =>
      index === 0 ? (
        <TextLink look="plain" href={`/ledger/journals/${journal.id}`}>
          <Code>{journal.id}</Code>
        </TextLink>
      ) : (
        <VisuallyHidden>{`${journal.id}, line ${index + 1}`}</VisuallyHidden>
      ),
  },
  { id: 'kind', head: 'What', cell: onFirst(({ kind }) => journalKind(kind)) },
  {
    id: 'account',
    head: 'Account',
    cell: ({ line }) => <AccountLink account={line.account} vaultName={line.vaultName} />,
  },
  {
    id: 'debit',
    head: 'Debit',
    align: 'end',
    cell: ({ line: { debit, asset } }) =>
      debit !== null && <OperationAmount value={debit} asset={asset} show="figure" />,
  },
  {
    id: 'credit',
    head: 'Credit',
    align: 'end',
    cell: ({ line: { credit, asset } }) =>
      credit !== null && <OperationAmount value={credit} asset={asset} show="figure" />,
  },
  { id: 'asset', head: 'Asset', quiet: true, cell: ({ line }) => line.asset },
  {
    id: 'operation',
    head: 'Operation',
    cell: onFirst(({ operation, operationNumber }) => (
      <OperationLink operation={operation} number={operationNumber} />
    )),
  },
  {
    id: 'at',
    head: 'Posted',
    align: 'end',
    quiet: true,
    cell: onFirst(({ postedAt }) => <Time instant={postedAt} />),
  },
];

/** Every journal there has been, newest first, with its lines. */
export function JournalsScreen({ page, isFirst }: { page: JournalsView; isFirst: boolean }) {
  const { journals, next } = page;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Ledger', href: '/ledger' }, { label: 'Journals' }]}
        title="Journals"
        state="Everything that was ever booked, newest first. Nothing here is changed or taken away; a mistake is mended by another journal."
      />
      {isFirst && <LiveRefresh topics={ledgerTopics} />}
      <Table
        label="All journals"
        columns={columns}
        rows={journals.flatMap((journal) =>
          journal.lines.map((line, index) => ({ journal, line, index })),
        )}
        rowKey={({ journal, index }) => `${journal.id} ${index}`}
        empty="Nothing has been booked yet. The first journal comes with the first deposit into a vault."
        foot={
          <>
            {countOf(journals.length, 'journal')}
            {(!isFirst || next !== null) && ' on this page'}
            {isFirst && (
              <>
                {' '}
                · <LiveStatus />
              </>
            )}
          </>
        }
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : '/ledger/journals'}
        next={next && `/ledger/journals?before=${next}`}
        what="journals"
      />
    </>
  );
}
