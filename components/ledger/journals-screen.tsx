import type { ReactNode } from 'react';
import type { JournalEntryView, JournalsView } from '#lib/operations/view-journals.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { AccountLink } from './account-link.tsx';
import { ledgerTopics } from './ledger-topics.ts';
import { journalKind } from './ledger-words.ts';
import { OperationLink } from './operation-link.tsx';
import { SideLine } from './side-line.tsx';

type Line = JournalEntryView['lines'][number];
/** One line of a journal; what the journal says as a whole stands on its first line only. */
type Row = { journal: JournalEntryView; line: Line; index: number };

const onFirst = (cell: (journal: JournalEntryView) => ReactNode) => (row: Row) =>
  row.index === 0 && cell(row.journal);

/** The journal's number on its first line; where it is narrow, all that the other columns say. */
function Heading({ journal, line, index }: Row) {
  const { id, kind, operation, operationNumber, postedAt } = journal;
  return (
    <>
      {index === 0 ? (
        <>
          <TextLink look="plain" href={`/ledger/journals/${id}`}>
            <Code>{id}</Code>
          </TextLink>
          <NarrowLine word={journalKind(kind)}>
            <Time instant={postedAt} />
          </NarrowLine>
          <NarrowLine word="Operation">
            {operation !== null && <OperationLink operation={operation} number={operationNumber} />}
          </NarrowLine>
        </>
      ) : (
        <VisuallyHidden>{`${id}, line ${index + 1}`}</VisuallyHidden>
      )}
      <span className="mt-1 block text-sm medium:hidden">
        <AccountLink account={line.account} vaultName={line.vaultName} />
      </span>
      <SideLine debit={line.debit} credit={line.credit} asset={line.asset} />
    </>
  );
}

const columns: readonly Column<Row>[] = [
  {
    id: 'journal',
    head: 'Journal',
    cell: (row) => <Heading {...row} />,
  },
  { id: 'kind', narrow: 'hidden', head: 'What', cell: onFirst(({ kind }) => journalKind(kind)) },
  {
    id: 'account',
    narrow: 'hidden',
    head: 'Account',
    cell: ({ line }) => <AccountLink account={line.account} vaultName={line.vaultName} />,
  },
  {
    id: 'debit',
    narrow: 'hidden',
    head: 'Debit',
    align: 'end',
    cell: ({ line: { debit, asset } }) =>
      debit !== null && <OperationAmount value={debit} asset={asset} show="figure" />,
  },
  {
    id: 'credit',
    narrow: 'hidden',
    head: 'Credit',
    align: 'end',
    cell: ({ line: { credit, asset } }) =>
      credit !== null && <OperationAmount value={credit} asset={asset} show="figure" />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ line }) => line.asset },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Posted',
    quiet: true,
    cell: onFirst(({ operation, operationNumber, postedAt }) => (
      <>
        <Time instant={postedAt} />
        {operation !== null && (
          <span className="block">
            by <OperationLink operation={operation} number={operationNumber} />
          </span>
        )}
      </>
    )),
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
          <ListFoot count={countOf(journals.length, 'journal')} isFirst={isFirst} next={next} />
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
