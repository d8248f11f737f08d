import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { releasedText } from './freeze-words.ts';

const ReleaseLink = ({ release }: Pick<FreezeView, 'release'>) =>
  release && (
    <TextLink href={`/operations/${release.operation}`}>
      <Code>{release.number}</Code>
    </TextLink>
  );

const Until = ({ releasedAt }: Pick<FreezeView, 'releasedAt'>) =>
  releasedAt !== null && <Time instant={releasedAt} style="minute" />;

const columns: readonly Column<FreezeView>[] = [
  {
    id: 'number',
    head: 'Freeze',
    cell: (freeze) => (
      <>
        <TextLink href={`/operations/${freeze.operation}`}>
          <Code>{freeze.number}</Code>
        </TextLink>
        <NarrowLine word="From">
          <Time instant={freeze.frozenAt} style="minute" />
        </NarrowLine>
        <NarrowLine word="Until">
          <Until {...freeze} />
        </NarrowLine>
        <NarrowLine word="By">
          <bdi>{freeze.frozenBy}</bdi>
        </NarrowLine>
        <NarrowLine word="Release">
          <ReleaseLink {...freeze} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'scope', head: 'What stood still', cell: ({ scope }) => scope },
  {
    id: 'from',
    head: 'From',
    narrow: 'hidden',
    cell: ({ frozenAt }) => <Time instant={frozenAt} style="minute" />,
  },
  { id: 'until', head: 'Until', narrow: 'hidden', cell: (freeze) => <Until {...freeze} /> },
  { id: 'by', head: 'By', narrow: 'hidden', cell: ({ frozenBy }) => <bdi>{frozenBy}</bdi> },
  {
    id: 'incident',
    head: 'Incident',
    narrow: 'hidden',
    quiet: true,
    cell: ({ incident }) => incident !== null && <Code>{incident}</Code>,
  },
  {
    id: 'release',
    head: 'Release',
    narrow: 'hidden',
    cell: (freeze) => <ReleaseLink {...freeze} />,
  },
];

/** Freezes that were released, newest first. */
export function ReleasedTable({ released }: { released: readonly FreezeView[] }) {
  return (
    <Table
      label="Released freezes"
      columns={columns}
      rows={released}
      rowKey={({ operation }) => operation}
      foot={releasedText(released.length)}
    />
  );
}
