import type { ReactNode } from 'react';
import type { IncidentPage, IncidentView } from '#lib/operations/list-incidents.ts';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

const Links = ({ operations }: Pick<IncidentView, 'operations'>) => (
  <span className="flex flex-wrap gap-x-3 gap-y-1 max-medium:justify-end">
    {operations.map(({ id, number }) => (
      <TextLink key={id} href={`/operations/${id}`}>
        <Code>{number}</Code>
      </TextLink>
    ))}
  </span>
);

const columns: readonly Column<IncidentView>[] = [
  {
    id: 'number',
    head: 'Incident',
    cell: (incident) => (
      <>
        <TextLink look="plain" href={`/incidents/${incident.id}`}>
          <Code>{incident.number}</Code>
        </TextLink>
        <span className="block whitespace-normal medium:hidden">{incident.title}</span>
        <NarrowLine word="Opened">
          <Time instant={incident.openedAt} style="minute" />
        </NarrowLine>
        <NarrowLine word="By">
          <bdi>{incident.openedBy}</bdi>
        </NarrowLine>
        <NarrowLine word="Operations">
          <Links {...incident} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'title', head: 'What', wrap: true, narrow: 'hidden', cell: ({ title }) => title },
  {
    id: 'opened',
    head: 'Opened',
    narrow: 'hidden',
    cell: ({ openedAt }) => <Time instant={openedAt} />,
  },
  { id: 'by', head: 'By', narrow: 'hidden', cell: ({ openedBy }) => <bdi>{openedBy}</bdi> },
  {
    id: 'operations',
    head: 'Operations',
    narrow: 'hidden',
    cell: (incident) => <Links {...incident} />,
  },
];

/** Records that freezes, releases and break-glass opened, newest first. */
export function IncidentsTable({ page, footEnd }: { page: IncidentPage; footEnd: ReactNode }) {
  return (
    <Table
      label="Incident records"
      columns={columns}
      rows={page.rows}
      rowKey={({ id }) => id}
      empty="There is none. A freeze, a release, a break-glass and an unexplained outflow each open one by themselves."
      foot={
        page.next !== null && (
          <TextLink href={`/freeze?after=${page.next}`}>Older incident records</TextLink>
        )
      }
      footEnd={footEnd}
    />
  );
}
