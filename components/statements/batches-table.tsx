import type { BatchRow } from '#lib/operations/positions/view-positions.ts';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';

function Progress({ name, issued, clients, endedAt, leftOut }: BatchRow) {
  if (endedAt === null)
    return (
      <span className="flex items-center gap-3">
        <progress
          value={issued}
          max={Math.max(clients, 1)}
          aria-label={`Statements of ${name}`}
          className="h-2 w-32 accent-accent"
        />
        <span>
          {issued} of {clients}
        </span>
      </span>
    );
  if (leftOut.length === 0)
    return (
      <StatusMark shape="dot" tone="good">
        All {issued} issued
      </StatusMark>
    );
  return (
    <>
      <StatusMark shape="triangle" tone="caution">
        {issued} issued, {leftOut.length} without
      </StatusMark>
      <span className="block text-sm text-text-quiet">
        More movements than one statement holds:{' '}
        {leftOut
          .slice(0, 5)
          .map(({ client }) => client)
          .join(', ')}
        . Issue theirs for shorter periods.
      </span>
    </>
  );
}

const columns: readonly Column<BatchRow>[] = [
  {
    id: 'name',
    head: 'Period',
    cell: (row) => (
      <>
        {row.name}
        <NarrowLine word="Statements">
          <Progress {...row} />
        </NarrowLine>
        <NarrowLine word="From journal">
          <Code>{row.lastJournal}</Code>
        </NarrowLine>
        <NarrowLine word="Ordered">
          <Time instant={row.orderedAt} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'progress',
    narrow: 'hidden',
    head: 'Statements',
    wrap: true,
    cell: (row) => <Progress {...row} />,
  },
  {
    id: 'journal',
    narrow: 'hidden',
    head: 'From journal',
    align: 'end',
    quiet: true,
    cell: ({ lastJournal }) => <Code>{lastJournal}</Code>,
  },
  {
    id: 'ordered',
    narrow: 'hidden',
    head: 'Ordered',
    align: 'end',
    quiet: true,
    cell: ({ orderedAt }) => <Time instant={orderedAt} />,
  },
];

/** Statements for all clients at once, and how far each order is. */
export function BatchesTable({ rows }: { rows: readonly BatchRow[] }) {
  return (
    <Table
      label="Statements for all clients"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty="None yet. A quarter’s are made by themselves once it is over; those of any other period when somebody orders them."
    />
  );
}
