import { groundWords } from '#lib/privacy/package/tie-grounds.ts';
import type { ShownTie } from '#lib/privacy/package/read-preview.ts';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { TakeMark } from './take-mark.tsx';

/** Of which clients a package tells, by which tie, and who recorded it: what the second person approves. */
export function TieRows({ ties }: { ties: readonly ShownTie[] }) {
  return (
    <Table
      label="Clients that the person is"
      columns={columns}
      rows={ties}
      rowKey={({ client, since }) => `${client} ${since}`}
      density="dense"
    />
  );
}

const columns: readonly Column<ShownTie>[] = [
  {
    id: 'client',
    head: 'Client',
    wrap: true,
    cell: ({ client, grounds, confirmer }) => (
      <>
        <span className="font-medium">{client}</span>
        {grounds.length > 0 && (
          <span className="block text-sm text-text-quiet first-letter:uppercase">
            {groundWords(grounds)}.{' '}
            {confirmer === null ? (
              'Not confirmed.'
            ) : (
              <>
                Confirmed by <bdi>{confirmer}</bdi>.
              </>
            )}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'tied',
    head: 'Tied',
    wrap: true,
    cell: ({ since, from, until }) => (
      <>
        {from === null ? 'From the beginning' : <Time instant={since} style="day" />}
        {until !== null && (
          <>
            {' '}
            to <Time instant={until} style="day" />
          </>
        )}
      </>
    ),
  },
  {
    id: 'recorded',
    head: 'Recorded',
    wrap: true,
    cell: ({ recordedAt, recorder }) => (
      <>
        <Time instant={recordedAt} style="minute" /> by <bdi>{recorder}</bdi>
      </>
    ),
  },
  {
    id: 'take',
    head: 'Goes in',
    cell: ({ take }) => <TakeMark isIn={take === 'in'} />,
  },
];
