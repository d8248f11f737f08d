import type { IssuedRow } from '#lib/operations/positions/view-positions.ts';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { periodText, reasonWords, statementPath } from './statement-words.ts';

const columns: readonly Column<IssuedRow>[] = [
  {
    id: 'client',
    head: 'Client',
    cell: (row) => (
      <>
        <TextLink look="plain" href={statementPath(row.id)}>
          {row.client}
        </TextLink>
        <NarrowLine word="Period">{periodText(row.from, row.to)}</NarrowLine>
        <NarrowLine word="Why">{reasonWords(row.reason)}</NarrowLine>
        <NarrowLine word="Issued">
          <Time instant={row.issuedAt} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'period', narrow: 'hidden', head: 'Period', cell: ({ from, to }) => periodText(from, to) },
  { id: 'reason', narrow: 'hidden', head: 'Why', cell: ({ reason }) => reasonWords(reason) },
  {
    id: 'journal',
    narrow: 'hidden',
    head: 'From journal',
    align: 'end',
    quiet: true,
    cell: ({ lastJournal }) => <Code>{lastJournal}</Code>,
  },
  {
    id: 'digest',
    narrow: 'hidden',
    head: 'Digest',
    quiet: true,
    cell: ({ contentDigest }) => <Code>{contentDigest.slice(0, 12)}</Code>,
  },
  {
    id: 'issued',
    narrow: 'hidden',
    head: 'Issued',
    align: 'end',
    quiet: true,
    cell: ({ issuedAt }) => <Time instant={issuedAt} />,
  },
];

/** Every statement that was issued, newest first. */
export function IssuedTable({
  rows,
  isFirst,
  next,
}: {
  rows: readonly IssuedRow[];
  isFirst: boolean;
  next: string | null;
}) {
  return (
    <Table
      label="Issued statements"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty="None has been issued yet. Issue one above."
      foot={
        <ListFoot count={countOf(rows.length, 'statement')} isFirst={isFirst} next={next}>
          , newest first
        </ListFoot>
      }
      footEnd={<KeysSwitch />}
    />
  );
}
