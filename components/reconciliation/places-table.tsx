import type { PlaceView } from '#lib/reconciliation/view-overview.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { countOf } from '../operations/counts.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { kindName, placeName } from './reconciliation-words.ts';
import { RunNow } from './run-now.tsx';

function Standing({ open, lastRun, missed, uncomparedSince }: PlaceView) {
  if (lastRun === null)
    return (
      <StatusMark shape="ring" tone="caution">
        Never compared
      </StatusMark>
    );
  if (open === 0 && missed.length === 0 && uncomparedSince === null)
    return (
      <StatusMark shape="dot" tone="good">
        No break is open
      </StatusMark>
    );
  return (
    <span className="flex flex-col">
      {open > 0 && (
        <StatusMark shape="triangle" tone="danger">
          {countOf(open, 'open break')}
        </StatusMark>
      )}
      {open === 0 && missed.length > 0 && (
        <StatusMark shape="ring" tone="caution">
          {countOf(missed.length, 'day')} without a run
        </StatusMark>
      )}
      {uncomparedSince !== null && (
        <StatusMark shape="ring" tone="caution">
          Not compared since journal {uncomparedSince}
        </StatusMark>
      )}
    </span>
  );
}

const columnsFor = (mayRun: boolean): readonly Column<PlaceView>[] => [
  {
    id: 'place',
    head: 'Compared',
    cell: (row) => (
      <>
        {row.lastRun ? (
          <TextLink look="plain" href={`/reconciliation/runs/${row.lastRun.id}`}>
            {row.asset}, {placeName(row)}
          </TextLink>
        ) : (
          <>
            {row.asset}, {placeName(row)}
          </>
        )}
        <span className="block text-sm text-text-quiet max-medium:hidden">
          {kindName(row.kind)}
        </span>
        <NarrowLine word={kindName(row.kind)}>
          <Standing {...row} />
        </NarrowLine>
        <NarrowLine word="Last run">{row.lastRun && <Time instant={row.lastRun.at} />}</NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'Now', cell: (row) => <Standing {...row} /> },
  {
    id: 'difference',
    narrow: 'hidden',
    head: 'Difference',
    align: 'end',
    cell: ({ lastRun, asset }) =>
      lastRun && <OperationAmount value={lastRun.difference} asset={asset} show="figure" />,
  },
  {
    id: 'matched',
    narrow: 'hidden',
    head: 'New matches',
    align: 'end',
    cell: ({ lastRun }) => lastRun?.matched,
  },
  {
    id: 'every',
    narrow: 'hidden',
    head: 'Every',
    quiet: true,
    cell: ({ isHourly }) => (isHourly ? 'hour' : 'day'),
  },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Last run',
    align: 'end',
    quiet: true,
    cell: ({ lastRun }) => lastRun && <Time instant={lastRun.at} />,
  },
  ...(mayRun
    ? [
        {
          id: 'run',
          head: 'Again',
          cell: (row: PlaceView) => (
            <RunNow wanted={row.id} label={`Compare ${row.asset}, ${placeName(row)} now`}>
              Compare
            </RunNow>
          ),
        },
      ]
    : []),
];

/** Every place that is compared, with its last run. */
export function PlacesTable({ places, mayRun }: { places: readonly PlaceView[]; mayRun: boolean }) {
  return (
    <section>
      <SectionHeading
        action={
          <TextLink href="/reconciliation/runs" className="text-sm">
            All runs
          </TextLink>
        }
      >
        Last runs
      </SectionHeading>
      <Table
        label="Last runs"
        columns={columnsFor(mayRun)}
        rows={places}
        rowKey={({ id }) => id}
        empty="Nothing is there to compare yet. The first place comes with the first vault."
      />
    </section>
  );
}
