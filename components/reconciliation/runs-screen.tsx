import type { RunFilter, RunLine, RunsView } from '#lib/reconciliation/list-runs.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { countWords, kindName, placeName } from './reconciliation-words.ts';

const columns: readonly Column<RunLine>[] = [
  {
    id: 'at',
    head: 'Run',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/reconciliation/runs/${row.id}`}>
          <Time instant={row.at} />
        </TextLink>
        <NarrowLine word={kindName(row.kind)}>
          {row.asset}, {placeName(row)}
        </NarrowLine>
        <NarrowLine word="Found">{countWords(row.breaks, 'difference')}</NarrowLine>
      </>
    ),
  },
  { id: 'kind', narrow: 'hidden', head: 'Sides', cell: ({ kind }) => kindName(kind) },
  {
    id: 'place',
    narrow: 'hidden',
    head: 'Compared',
    cell: (row) => `${row.asset}, ${placeName(row)}`,
  },
  {
    id: 'matched',
    narrow: 'hidden',
    head: 'Matched',
    align: 'end',
    cell: ({ matched }) => matched,
  },
  {
    id: 'breaks',
    narrow: 'hidden',
    head: 'Differences',
    align: 'end',
    cell: ({ breaks }) => breaks,
  },
  {
    id: 'difference',
    narrow: 'hidden',
    head: 'In sum',
    align: 'end',
    cell: ({ difference, asset }) => (
      <OperationAmount value={difference} asset={asset} show="figure" />
    ),
  },
  {
    id: 'by',
    narrow: 'hidden',
    head: 'Started by',
    quiet: true,
    cell: ({ startedBy }) => <bdi>{startedBy}</bdi>,
  },
];

function address({ kind, place }: RunFilter, after: string | null): string {
  const query = new URLSearchParams();
  if (kind !== null) query.set('kind', kind);
  if (place !== null) query.set('place', place);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? '/reconciliation/runs' : `/reconciliation/runs?${text}`;
}

/** Every run there has been, newest first. */
export function RunsScreen({ view: { filter, rows, next } }: { view: RunsView }) {
  const isFirst = filter.after === null;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Reconciliation', href: '/reconciliation' }, { label: 'Runs' }]}
        title="Runs"
        state="Every comparison there has been, newest first. None is changed or taken away."
      />
      {isFirst && <LiveRefresh topics={['reconciliation']} />}
      <Tabs
        label="Sides"
        tabs={([null, 'chain', 'bank', 'liabilities'] as const).map((kind) => ({
          label: kind === null ? 'All' : kindName(kind),
          href: address({ kind, place: null, after: null }, null),
          current: filter.kind === kind,
        }))}
      />
      <Table
        label="Runs"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty="No such run has been made yet. The worker makes one each day; Reconciliation can start one now."
        foot={<ListFoot count={countOf(rows.length, 'run')} isFirst={isFirst} next={next} />}
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : address(filter, null)}
        next={next && address(filter, next)}
        what="runs"
      />
    </>
  );
}
