import type { RunLine, RunsView } from '#lib/privacy/retention/runs/list-runs.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { Code } from '../../ui/grouped.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { Rehearse } from './rehearse.tsx';
import { pageAddress, retentionPath, runPath, runsPath } from './retention-address.ts';
import { RetentionTabs } from './retention-tabs.tsx';

export const runKinds = { nightly: 'Night', rehearsal: 'Rehearsal' } as const;

const RunMark = ({ endedAt, waits }: RunLine) =>
  endedAt === null ? (
    <StatusMark shape="dot">Under way</StatusMark>
  ) : waits > 0 ? (
    <StatusMark shape="ring" tone="caution">
      {waits === 1 ? 'One rule waited' : `${waits} rules waited`}
    </StatusMark>
  ) : (
    <StatusMark shape="square">Over</StatusMark>
  );

const columns: readonly Column<RunLine>[] = [
  {
    id: 'number',
    head: 'Run',
    cell: (row) => (
      <>
        <TextLink look="plain" href={runPath(row.number)} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block">
            {runKinds[row.kind]} of <Day date={row.day} />
          </span>
        </TextLink>
        <NarrowLine word="State">
          <RunMark {...row} />
        </NarrowLine>
        <NarrowLine word="Due">{row.due.toLocaleString('en')}</NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: (row) => <RunMark {...row} /> },
  {
    id: 'due',
    narrow: 'hidden',
    head: 'Due',
    align: 'end',
    cell: ({ due }) => due.toLocaleString('en'),
  },
  {
    id: 'left',
    narrow: 'hidden',
    head: 'Left for a reason',
    align: 'end',
    cell: ({ left }) => left.toLocaleString('en'),
  },
  {
    id: 'acted',
    narrow: 'hidden',
    head: 'Put down to go',
    align: 'end',
    cell: ({ acted }) => acted.toLocaleString('en'),
  },
  {
    id: 'asked',
    narrow: 'hidden',
    head: 'Asked for',
    align: 'end',
    quiet: true,
    cell: ({ by, askedAt }) => (
      <>
        <Time instant={askedAt} style="minute" />
        <span className="block text-sm">
          <bdi>{by}</bdi>
        </span>
      </>
    ),
  },
];

/** Nights and rehearsals, with what each found. */
export function RunsScreen({ view: { rows, next, isFirst, today } }: { view: RunsView }) {
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Data protection', href: '/privacy' },
          { label: 'Retention', href: retentionPath },
          { label: 'Runs' },
        ]}
        title="Runs of retention"
        state="Each night looks for what is kept no longer. A rule acts once somebody approved a report of it."
        action={<Rehearse today={today} />}
      />
      <RetentionTabs current={runsPath} />
      {isFirst && <LiveRefresh topics={['privacy-retention']} />}
      <Table
        label="Runs, newest first"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty="No night has been yet. The first one comes after one o’clock UTC; a rehearsal can be asked for at any time."
        foot={<ListFoot count={countOf(rows.length, 'run')} isFirst={isFirst} next={next} />}
      />
      <Pager
        first={isFirst ? null : runsPath}
        next={next && pageAddress(runsPath, {}, next)}
        what="runs"
      />
    </>
  );
}
