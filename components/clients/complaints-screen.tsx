import { stateWords } from '#lib/clients/complaints/complaint.ts';
import type { ComplaintView } from '#lib/clients/complaints/complaint-view.ts';
import type { ComplaintsView } from '#lib/clients/complaints/list-complaints.ts';
import { outcomes } from '#lib/clients/complaints/words.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ClientsTabs } from './clients-tabs.tsx';
import { ClockMark } from './clock-mark.tsx';
import { ComplaintForm } from './complaint-form.tsx';
import { ExportComplaints } from './export-button.tsx';
import { SaveDocument } from './save-document.tsx';

/** The clock that runs next: acknowledging first, then deciding. */
const runningClock = ({ acknowledged, decided }: ComplaintView) =>
  acknowledged.doneAt === null ? acknowledged : decided;

const isOverdue = (complaint: ComplaintView): boolean =>
  [complaint.acknowledged, complaint.decided].some(({ state }) => state === 'overdue');

const standing = ({ state, outcome }: ComplaintView): string =>
  outcome === null ? stateWords[state] : outcomes[outcome];

const columns: readonly Column<ComplaintView>[] = [
  {
    id: 'number',
    head: 'Complaint',
    cell: (complaint) => (
      <>
        <TextLink look="plain" href={`/clients/complaints/${complaint.id}`}>
          <Code>{complaint.number}</Code>
        </TextLink>
        <NarrowLine word="State">{standing(complaint)}</NarrowLine>
        <NarrowLine word="Clock">
          <ClockMark clock={runningClock(complaint)} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: standing },
  {
    id: 'clock',
    narrow: 'hidden',
    head: 'Clock',
    cell: (complaint) => <ClockMark clock={runningClock(complaint)} />,
  },
  { id: 'topic', narrow: 'hidden', head: 'About', cell: ({ topic }) => topic },
  {
    id: 'client',
    narrow: 'hidden',
    head: 'Client',
    quiet: true,
    cell: ({ client }) =>
      client === null ? 'Not a client' : <TextLink href={`/clients/${client}`}>{client}</TextLink>,
  },
  {
    id: 'received',
    narrow: 'hidden',
    head: 'Came in',
    align: 'end',
    quiet: true,
    cell: ({ receivedAt }) => <Time instant={receivedAt} style="minute" />,
  },
];

/** The complaints register with its clocks. */
export function ComplaintsScreen({ view, isFirst }: { view: ComplaintsView; isFirst: boolean }) {
  const { open, decided, next, clients, template, canWrite, hasMoreOpen } = view;
  return (
    <>
      <PageHeader
        title="Complaints"
        state={complaintsState(view, isFirst)}
        action={
          <>
            <ExportComplaints />
            {canWrite && <ComplaintForm clients={clients} />}
          </>
        }
      />
      <ClientsTabs current="/clients/complaints" />
      {isFirst && <LiveRefresh topics={['clients']} />}
      <div className="space-y-8">
        {isFirst && (
          <section>
            <SectionHeading
              action={
                <SaveDocument text={template} fileName="complaint.txt" label="Save the template" />
              }
            >
              Open
            </SectionHeading>
            <Table
              label="Open complaints, oldest first"
              columns={columns}
              rows={open}
              rowKey={({ id }) => id}
              mark={(complaint) => (isOverdue(complaint) ? 'danger' : null)}
              empty="No complaint is open. Filing one costs nothing: clients find the template on the public website, and you can save it here."
              foot={
                hasMoreOpen
                  ? `The newest ${open.length}; there are more.`
                  : countOf(open.length, 'open complaint')
              }
            />
          </section>
        )}
        <section>
          <SectionHeading>Decided</SectionHeading>
          <Table
            label="Decided complaints, newest first"
            columns={columns}
            rows={decided}
            rowKey={({ id }) => id}
            empty="None has been decided yet."
            foot={countOf(decided.length, 'complaint')}
          />
          <Pager
            first={isFirst ? null : '/clients/complaints'}
            next={next && `/clients/complaints?before=${next}`}
            what="complaints"
          />
        </section>
      </div>
    </>
  );
}

function complaintsState({ open }: ComplaintsView, isFirst: boolean): string {
  if (!isFirst) return 'Complaints that were decided earlier.';
  if (open.length === 0) return 'Nobody waits for an answer.';
  const overdue = open.filter(isOverdue).length;
  const waiting = countOf(open.length, 'complaint');
  return overdue === 0
    ? `${waiting} open, none overdue.`
    : `${waiting} open, ${overdue} overdue: answer ${overdue === 1 ? 'it' : 'them'} first.`;
}
