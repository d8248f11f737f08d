import type { RosterPartyView } from '#lib/operations/roster/view-roster.ts';
import { KeyWords } from '../identity/key-words.tsx';
import { groupText } from '../identity/people-words.ts';
import { Hash } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';

const place = ({ origin, isCold }: RosterPartyView): string =>
  isCold ? 'No network, run by hand' : (origin ?? 'No page of its own');

const columns: readonly Column<RosterPartyView>[] = [
  {
    id: 'name',
    head: 'Party',
    cell: (row) => (
      <>
        {row.name}
        <NarrowLine word={groupText(row.group)}>{place(row)}</NarrowLine>
        <NarrowLine word="Fingerprint">
          <KeyWords words={row.words} of={`party ${row.name}`} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'group',
    narrow: 'hidden',
    head: 'Moves for',
    cell: (row) => groupText(row.group),
  },
  { id: 'place', narrow: 'hidden', head: 'Where', wrap: true, cell: place },
  {
    id: 'words',
    narrow: 'hidden',
    head: 'Fingerprint',
    wrap: true,
    cell: (row) => (
      <div className="text-sm">
        <KeyWords words={row.words} of={`party ${row.name}`} />
        <div>
          Signs with <Hash value={row.identityKey} />
        </div>
        <div>
          Reads with <Hash value={row.exchangeKey} />
        </div>
      </div>
    ),
  },
];

/** The MPC parties as the roster pins them; each one’s own page shows the same words. */
export function PartiesTable({ parties }: { parties: readonly RosterPartyView[] }) {
  return (
    <Table
      label="Parties in the roster"
      columns={columns}
      rows={parties}
      rowKey={({ name }) => name}
      foot="The words stand for name, group and both keys. Parties change only with the shares, by a key ceremony."
    />
  );
}
