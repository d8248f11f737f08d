import { adequacyDecisions, type AdequacyDecision } from '#lib/privacy/adequacy.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Day } from '../ui/time.tsx';

const forWhom: Readonly<Record<AdequacyDecision['scope'], string>> = {
  all: 'Everybody there',
  certified: 'Recipients certified under the Data Privacy Framework',
  commercial: 'Commercial organisations',
};

const columns: readonly Column<AdequacyDecision>[] = [
  { id: 'name', head: 'Country or organisation', cell: ({ name }) => name },
  { id: 'scope', head: 'Holds for', wrap: true, cell: ({ scope }) => forWhom[scope] },
  { id: 'from', head: 'Since', narrow: 'hidden', cell: ({ from }) => <Day date={from} /> },
  {
    id: 'until',
    head: 'Until',
    cell: ({ until }) => (until === null ? 'No end named' : <Day date={until} />),
  },
  { id: 'source', head: 'Decision', wrap: true, narrow: 'hidden', cell: ({ source }) => source },
];

/** The decisions that transfers may rest on. @param today yyyy-mm-dd; those that ended are left out. */
export function AdequacyTable({ today }: { today: string }) {
  const rows = adequacyDecisions.filter(({ until }) => until === null || until >= today);
  return (
    <section aria-label="Adequacy decisions" className="mt-10">
      <SectionHeading>Adequacy decisions of the Commission</SectionHeading>
      <Table
        label="Adequacy decisions"
        columns={columns}
        rows={rows}
        rowKey={({ of }) => of}
        empty="No decision is in force."
      />
    </section>
  );
}
