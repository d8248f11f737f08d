import type { ReactNode } from 'react';
import type { OperationSummary } from '#lib/operations/list-operations.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { WholeWords } from '../ui/whole-words.tsx';
import { OperationAmount } from './operation-amount.tsx';
import { StateMark } from './state-mark.tsx';

type Row = OperationSummary;

const Where = ({ row }: { row: Row }) => (
  <StateMark state={row.state} waitsFor={row.waitsFor} forMe={row.waitsForMe} />
);

/** @param under what else stands below the number where it is narrow. */
const base = (under?: (row: Row) => ReactNode): readonly Column<Row>[] => [
  {
    id: 'number',
    head: 'Operation',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/operations/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        {row.amount !== null && row.asset !== null ? (
          <NarrowLine word={row.kindName}>
            <OperationAmount value={row.amount} asset={row.asset} />
          </NarrowLine>
        ) : (
          <NarrowLine word="Kind">{row.kindName}</NarrowLine>
        )}
        <NarrowLine word="From and to">
          <WholeWords>{row.route}</WholeWords>
        </NarrowLine>
        <NarrowLine word="State">
          <Where row={row} />
        </NarrowLine>
        {under?.(row)}
      </>
    ),
  },
  { id: 'kind', head: 'Kind', narrow: 'hidden', cell: (row) => row.kindName },
  {
    id: 'amount',
    head: 'Amount',
    align: 'end',
    narrow: 'hidden',
    cell: (row) =>
      row.amount !== null &&
      row.asset !== null && <OperationAmount value={row.amount} asset={row.asset} show="figure" />,
  },
  {
    id: 'asset',
    head: 'Asset',
    quiet: true,
    narrow: 'hidden',
    cell: (row) => row.amount !== null && row.asset,
  },
  {
    id: 'route',
    head: 'From and to',
    narrow: 'hidden',
    cell: (row) => <WholeWords>{row.route}</WholeWords>,
  },
  {
    id: 'state',
    head: 'State',
    wrap: true,
    narrow: 'hidden',
    cell: (row) => <Where row={row} />,
  },
];

/** What expires first matters most, and only what still waits for people expires. */
function ExpiresIn({ row, serverNow }: { row: Row; serverNow: string }) {
  return (
    <Countdown
      until={row.expiresAt ?? serverNow}
      serverNow={serverNow}
      passed="expired"
      cautionBelow={30 * 60_000}
    />
  );
}

const canExpire = (row: Row): boolean =>
  row.expiresAt !== null && (row.state === 'raised' || row.state === 'approved');

/** Columns of the queue, with the time that is left for each. */
export const queueColumns = (serverNow: string): readonly Column<Row>[] => [
  ...base((row) => (
    <NarrowLine word="Expires in">
      {canExpire(row) && <ExpiresIn row={row} serverNow={serverNow} />}
    </NarrowLine>
  )),
  {
    id: 'expires',
    narrow: 'hidden',
    head: 'Expires in',
    align: 'end',
    quiet: true,
    cell: (row) => canExpire(row) && <ExpiresIn row={row} serverNow={serverNow} />,
  },
];

/** Columns of the full list: who raised it and when. */
export const historyColumns: readonly Column<Row>[] = [
  ...base(),
  {
    id: 'by',
    narrow: 'hidden',
    head: 'Raised',
    cell: (row) => (
      <>
        <bdi>{row.raisedBy}</bdi>
        <span className="block text-sm text-text-quiet">
          <Time instant={row.raisedAt} style="minute" />
        </span>
      </>
    ),
  },
];

/** The bar at the left of rows that need the person who looks. */
export const rowMark = (row: Row): 'caution' | 'danger' | null => {
  if (row.state === 'held') return 'danger';
  return row.waitsForMe ? 'caution' : null;
};
