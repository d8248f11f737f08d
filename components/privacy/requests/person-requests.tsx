import type { PersonRequests as Listed } from '#lib/privacy/requests/list-person-requests.ts';
import { countOf } from '../../operations/counts.ts';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { isOverdue, requestColumns } from './request-columns.tsx';

/** On everybody's own page it need not be said whom it is about. */
const columns = requestColumns.filter(({ id }) => id !== 'about');

/** What a person has asked about their data. */
export const PersonRequests = ({ requests: { rows, hasMore } }: { requests: Listed }) => (
  <section>
    <SectionHeading>What the person asked</SectionHeading>
    <Table
      label="Requests of this person, newest first"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      mark={(row) => (isOverdue(row) ? 'danger' : null)}
      empty="Nothing is on record."
      foot={hasMore ? `The ${rows.length} newest` : countOf(rows.length, 'request')}
    />
  </section>
);
