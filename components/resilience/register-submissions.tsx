import type { Submission } from '#lib/resilience/records/list-submissions.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { RecordSubmission } from './record-submission.tsx';

const columns: readonly Column<Submission>[] = [
  { id: 'submitted', head: 'Submitted on', cell: ({ submittedOn }) => submittedOn },
  { id: 'for', head: 'Filed for', cell: ({ referenceDate }) => referenceDate },
  {
    id: 'reference',
    head: 'Reference of the authority',
    wrap: true,
    cell: ({ reference }) => <span className="figures-mono break-all">{reference}</span>,
  },
  { id: 'by', head: 'Recorded by', narrow: 'hidden', cell: ({ by }) => by },
  {
    id: 'at',
    head: 'Recorded',
    quiet: true,
    narrow: 'hidden',
    cell: ({ at }) => <Time instant={at} />,
  },
];

/** When the register was submitted, newest first, and recording that it was. */
export function RegisterSubmissions({
  submissions,
  date,
  today,
  canWrite,
}: {
  submissions: readonly Submission[];
  /** The reference date that stands in the form, yyyy-mm-dd; as is today. */
  date: string;
  today: string;
  canWrite: boolean;
}) {
  return (
    <section aria-label="Submissions" className="space-y-3">
      <SectionHeading>Submissions to the authority</SectionHeading>
      <Table
        label="Submissions"
        columns={columns}
        rows={submissions}
        rowKey={({ id }) => id}
        empty="No submission is on record."
      />
      {canWrite && <RecordSubmission date={date} today={today} />}
    </section>
  );
}
