import type { HeldAlike } from '#lib/operations/parties-agreement.ts';
import type { PartyStatusView, PartyView } from '#lib/operations/view-parties.ts';
import { StatusGlyph } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';

type Line = {
  what: HeldAlike;
  label: string;
  /** First line of a cell, and below it what two parties compare. */
  version: (status: PartyStatusView) => string;
  content: (status: PartyStatusView) => string;
};

const SHORT = 8;

const LINES: readonly Line[] = [
  {
    what: 'roster',
    label: 'Roster',
    version: ({ rosterVersion }) => String(rosterVersion ?? 'none'),
    content: ({ heads }) => heads.roster ?? '',
  },
  {
    what: 'policy',
    label: 'Policy',
    version: ({ policyVersion }) => String(policyVersion ?? 'none'),
    content: ({ heads }) => heads.policy ?? '',
  },
  {
    what: 'freezes',
    label: 'Freezes',
    version: ({ freezes }) => (freezes.length === 0 ? 'none' : `${freezes.length} standing`),
    content: ({ freezes }) =>
      freezes
        .map(({ operation }) => operation)
        .sort()
        .join(' '),
  },
];

/** What most hold; null where no content is held by more than half of those that answer. */
function commonContent(line: Line, parties: readonly PartyView[]): string | null {
  const contents = parties.flatMap(({ status }) => (status ? [line.content(status)] : []));
  const camps = Map.groupBy(contents, (content) => content);
  const most = [...camps].find(([, camp]) => camp.length * 2 > contents.length);
  return most ? most[0] : null;
}

function Held({ line, party, common }: { line: Line; party: PartyView; common: string | null }) {
  const { status } = party;
  if (!status)
    return (
      <span className="text-text-quiet">{party.expected === 'offline' ? 'off' : 'no answer'}</span>
    );
  const content = line.content(status);
  const isOdd = content !== common;
  const short = line.what === 'freezes' ? '' : content.slice(0, SHORT);
  return (
    <span
      className={`block rounded-sm border px-2 py-1 ${
        isOdd
          ? 'border-danger-line bg-danger-ground text-danger'
          : 'border-good-line bg-good-ground text-text'
      }`}
    >
      <span className="flex items-baseline gap-1.5">
        <StatusGlyph shape={isOdd ? 'triangle' : 'dot'} size={8} />
        <span>
          {line.what !== 'freezes' && <span className="max-medium:hidden">version </span>}
          {line.version(status)}
        </span>
      </span>
      {short !== '' && (
        <span translate="no" className="figures-mono block text-sm">
          {short}
        </span>
      )}
      {isOdd && <span className="block text-sm">differs</span>}
    </span>
  );
}

/** What parties must hold alike, side by side, so that whoever holds something else stands out. */
export function HeadsTable({ parties }: { parties: readonly PartyView[] }) {
  const columns: readonly Column<Line>[] = [
    { id: 'what', head: 'Held', cell: ({ label }) => label },
    ...parties.map((party): Column<Line> => ({
      id: party.name,
      head: party.name,
      cell: (line) => <Held line={line} party={party} common={commonContent(line, parties)} />,
    })),
  ];
  return (
    <Table
      label="What the parties hold"
      columns={columns}
      rows={LINES}
      rowKey={({ what }) => what}
      foot="The beginning of each head, which stands for a whole history. A party signs only while the others hold the same."
    />
  );
}
