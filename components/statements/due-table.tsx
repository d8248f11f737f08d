import type { DueRow } from '#lib/operations/positions/view-positions.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { statementPath } from './statement-words.ts';

const last = ({ last: issued }: DueRow) =>
  issued ? (
    <TextLink href={statementPath(issued.id)}>
      <Time instant={issued.issuedAt} style="day" />
    </TextLink>
  ) : (
    'None yet'
  );

const due = ({ due: instant, isOverdue }: DueRow) => (
  <StatusMark shape={isOverdue ? 'triangle' : 'ring'} tone={isOverdue ? 'danger' : 'quiet'}>
    {isOverdue ? 'Overdue since ' : 'By '}
    <Time instant={instant} style="day" />
  </StatusMark>
);

const columns: readonly Column<DueRow>[] = [
  {
    id: 'client',
    head: 'Client',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/statements?client=${row.client}`}>
          {row.client}
        </TextLink>
        <NarrowLine word="Last issued">{last(row)}</NarrowLine>
        <NarrowLine word="Next due">{due(row)}</NarrowLine>
      </>
    ),
  },
  { id: 'last', narrow: 'hidden', head: 'Last issued', cell: last },
  { id: 'due', narrow: 'hidden', head: 'Next due', align: 'end', cell: due },
];

/** Whose next statement is due first, at least every three months from the one before. */
export function DueTable({ rows, clients }: { rows: readonly DueRow[]; clients: number }) {
  return (
    <Table
      label="Next statements due"
      columns={columns}
      rows={rows}
      rowKey={({ client }) => client}
      mark={({ isOverdue }) => (isOverdue ? 'danger' : null)}
      empty="No client has an account yet, so no statement is due."
      foot={
        rows.length < clients
          ? `The ${rows.length} that are due first, of ${clients} clients.`
          : undefined
      }
    />
  );
}
