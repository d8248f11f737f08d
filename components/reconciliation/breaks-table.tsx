import type { BreakLine } from '#lib/reconciliation/list-breaks.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column, type TableProps } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { breakState, causeName, placeName } from './reconciliation-words.ts';

export function BreakStanding(
  row: Pick<BreakLine, 'state' | 'closedBy' | 'isLate' | 'isUnproved'>,
) {
  const { shape, tone, words } = breakState(row);
  return (
    <StatusMark shape={shape} tone={tone ?? 'quiet'}>
      {words}
    </StatusMark>
  );
}

const signName = ({ sign }: BreakLine): string => (sign === 'shortfall' ? 'Short' : 'Over');

const columns: readonly Column<BreakLine>[] = [
  {
    id: 'number',
    head: 'Break',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/reconciliation/breaks/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word={signName(row)}>
          <OperationAmount value={row.amount} asset={row.asset} />
        </NarrowLine>
        <NarrowLine word={causeName(row.cause)}>{placeName(row)}</NarrowLine>
        <NarrowLine word="Now">
          <BreakStanding {...row} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'Now', cell: (row) => <BreakStanding {...row} /> },
  { id: 'cause', narrow: 'hidden', head: 'Cause', cell: ({ cause }) => causeName(cause) },
  { id: 'place', narrow: 'hidden', head: 'Where', cell: placeName },
  { id: 'sign', narrow: 'hidden', head: 'Side', cell: signName },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Amount',
    align: 'end',
    cell: ({ amount, asset }) => <OperationAmount value={amount} asset={asset} show="figure" />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
  {
    id: 'owner',
    narrow: 'hidden',
    head: 'Owner',
    cell: ({ owner }) => (owner === null ? 'Nobody yet' : <bdi>{owner}</bdi>),
  },
  {
    id: 'due',
    narrow: 'hidden',
    head: 'Due',
    align: 'end',
    quiet: true,
    cell: ({ dueAt }) => <Time instant={dueAt} style="minute" />,
  },
];

/** Breaks as lines: each leads to its page. */
export function BreaksTable(
  props: Pick<TableProps<BreakLine>, 'label' | 'rows' | 'foot' | 'empty' | 'footEnd'>,
) {
  return (
    <Table
      {...props}
      columns={columns}
      rowKey={({ id }) => id}
      mark={({ isLate, isUnproved, overLimit, state }) =>
        isUnproved || (state !== 'closed' && (isLate || overLimit)) ? 'danger' : null
      }
    />
  );
}
