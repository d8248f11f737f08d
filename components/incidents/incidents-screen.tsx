import type { IncidentLine, IncidentsView } from '#lib/incidents/desk/list-incidents.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { DeskTabs } from './desk-tabs.tsx';
import { IncidentFilterForm } from './incident-filter-form.tsx';
import { ClassMark, StateMark } from './incident-marks.tsx';
import { rowsCount, severityName } from './incident-words.ts';
import { incidentsAddress } from './incidents-address.ts';
import { NextLimit } from './next-limit.tsx';
import { ReportDialog } from './report-dialog.tsx';

/** From so many the desk says "more than". */
const countMax = 1_000;

const columnsAt = (serverNow: string): readonly Column<IncidentLine>[] => [
  {
    id: 'number',
    head: 'Incident',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/incidents/${row.id}`} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block max-w-[22rem] min-w-56 whitespace-normal">{row.title}</span>
        </TextLink>
        <span className="block pb-1 text-sm text-text-quiet">
          {row.detectedAt === null ? (
            'When it was noticed is not said'
          ) : (
            <>
              Noticed <Time instant={row.detectedAt} style="minute" />
            </>
          )}
        </span>
        <NarrowLine word="State">
          <StateMark {...row} />
        </NarrowLine>
        <NarrowLine word="Class">
          <ClassMark standing={row.class} />
        </NarrowLine>
        <NarrowLine word="Severity">{severityName(row.severity)}</NarrowLine>
        <NarrowLine word="Time limit">
          {row.nextDue && <NextLimit due={row.nextDue} serverNow={serverNow} />}
        </NarrowLine>
        <NarrowLine word="Assigned to">
          {row.assignee === null ? 'Nobody' : <bdi>{row.assignee}</bdi>}
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: (row) => <StateMark {...row} /> },
  {
    id: 'class',
    narrow: 'hidden',
    head: 'Class',
    cell: (row) => <ClassMark standing={row.class} />,
  },
  {
    id: 'severity',
    narrow: 'hidden',
    head: 'Severity',
    cell: ({ severity }) => <span className="whitespace-nowrap">{severityName(severity)}</span>,
  },
  {
    id: 'limit',
    narrow: 'hidden',
    head: 'Next time limit',
    cell: ({ nextDue }) => <NextLimit due={nextDue} serverNow={serverNow} />,
  },
  {
    id: 'assignee',
    narrow: 'hidden',
    head: 'Assigned to',
    cell: ({ assignee }) => (assignee === null ? 'Nobody' : <bdi>{assignee}</bdi>),
  },
];

/** The incident desk: what is open, what waits, and everything there ever was. */
export function IncidentsScreen({ view }: { view: IncidentsView }) {
  const { filter, problem, rows, next, can, serverNow } = view;
  const isFirst = filter.after === null;
  const now = Date.parse(serverNow);
  const isLate = ({ nextDue }: IncidentLine): boolean =>
    nextDue !== null && Date.parse(nextDue.dueAt) < now;
  return (
    <>
      <PageHeader
        title="Incidents"
        state={incidentsState(view)}
        action={can.report && <ReportDialog serverNow={serverNow} />}
      />
      <DeskTabs current="/incidents" />
      {isFirst && <LiveRefresh topics={['incidents']} />}
      <IncidentFilterForm filter={filter} />
      {problem === null ? (
        <Table
          label="Incidents, newest first"
          columns={columnsAt(serverNow)}
          rows={rows}
          rowKey={({ id }) => id}
          mark={(row) =>
            isLate(row) ? 'danger' : row.state === 'new' && !row.isAcknowledged ? 'caution' : null
          }
          empty={
            filter.standing === 'open'
              ? 'None that you asked for is open. Alarms, freezes and breaks over a limit open one by themselves; whoever sees something go wrong reports it here.'
              : 'There is none of this kind.'
          }
          foot={
            <ListFoot count={rowsCount(rows)} isFirst={isFirst} next={next}>
              <RowCounts rows={rows} late={rows.filter(isLate).length} />
            </ListFoot>
          }
          footEnd={<KeysSwitch />}
        />
      ) : (
        <Notice tone="danger" title="This can’t be looked for.">
          {problem}
        </Notice>
      )}
      <Pager
        first={isFirst ? null : incidentsAddress(filter, null)}
        next={next && incidentsAddress(filter, next)}
        what="incidents"
      />
      <p className="mt-6 text-sm text-text-quiet">
        Every ICT incident and every significant cyber threat is recorded: DORA, Art 17(2).
      </p>
    </>
  );
}

/** Of the rows that stand here: how many are major, late, and hold overdue work. */
function RowCounts({ rows, late }: { rows: readonly IncidentLine[]; late: number }) {
  const major = rows.filter((row) => row.class === 'major').length;
  const overdue = rows.reduce((sum, { tasks }) => sum + tasks.overdue, 0);
  const said = [
    major > 0 && `${major} major`,
    late > 0 && `${late} with a time limit over`,
    overdue > 0 && countOf(overdue, 'overdue task'),
  ].filter((one) => one !== false);
  return said.length === 0 ? null : `, ${said.join(', ')}`;
}

/** "3 incidents and threats open, 1 new, 1 with a time limit over." */
function incidentsState({ counts }: IncidentsView): string {
  const figure = (count: number): string =>
    count >= countMax ? `${countMax.toLocaleString('en')} or more` : String(count);
  if (counts.open === 0) return 'No incident and no threat is open.';
  return `${figure(counts.open)} ${counts.open === 1 ? 'incident or threat' : 'incidents and threats'} open, ${figure(counts.new)} new, ${
    counts.late === 0 ? 'no time limit over' : `${counts.late} with a time limit over`
  }.`;
}
