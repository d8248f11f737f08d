import type { CorrectionEntry } from '#lib/reconciliation/corrections/list-corrections.ts';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { Code } from '../../ui/grouped.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Table, type Column, type TableProps } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { fullAccountName } from '../ledger-words.ts';
import { CorrectionStandingMark } from './correction-standing.tsx';
import { correctionPath } from './correction-words.ts';

function Moves({ moves }: Pick<CorrectionEntry, 'moves'>) {
  return moves.map(({ asset, amount }) => (
    <span key={asset} className="block">
      <OperationAmount value={amount} asset={asset} />
    </span>
  ));
}

/** Links one below the other, far enough apart to be hit. */
const linkLine = 'flex min-h-6 items-center max-medium:justify-end';

/** What it mends: a journal, a break, or nothing that is on record. */
function Mends({ corrects, break: answered }: CorrectionEntry) {
  if (corrects === null && answered === null) return 'A new booking';
  return (
    <>
      {corrects !== null && (
        <span className={linkLine}>
          <TextLink href={`/ledger/journals/${corrects}`}>Journal {corrects}</TextLink>
        </span>
      )}
      {answered !== null && (
        <span className={linkLine}>
          <TextLink href={`/reconciliation/breaks/${answered.id}`}>{answered.number}</TextLink>
        </span>
      )}
    </>
  );
}

const accountsText = ({ accounts }: CorrectionEntry): string =>
  accounts
    .slice(0, 3)
    .map((account) => fullAccountName(account))
    .join(', ') + (accounts.length > 3 ? ` and ${accounts.length - 3} more` : '');

const columns: readonly Column<CorrectionEntry>[] = [
  {
    id: 'number',
    head: 'Correction',
    cell: (row) => (
      <>
        <TextLink look="plain" href={correctionPath(row.id)}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word="Now">
          <CorrectionStandingMark standing={row.standing} />
        </NarrowLine>
        <NarrowLine word="Moves">
          <Moves moves={row.moves} />
        </NarrowLine>
        <NarrowLine word="On">{accountsText(row)}</NarrowLine>
        <NarrowLine word="Mends">
          <Mends {...row} />
        </NarrowLine>
        <NarrowLine word="Raised by">
          <bdi>{row.raisedBy}</bdi>
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'Now',
    cell: ({ standing }) => <CorrectionStandingMark standing={standing} />,
  },
  { id: 'accounts', narrow: 'hidden', head: 'On', cell: accountsText },
  {
    id: 'moves',
    narrow: 'hidden',
    head: 'Moves',
    align: 'end',
    cell: ({ moves }) => <Moves moves={moves} />,
  },
  { id: 'mends', narrow: 'hidden', head: 'Mends', cell: (row) => <Mends {...row} /> },
  {
    id: 'by',
    narrow: 'hidden',
    head: 'Raised by',
    cell: ({ raisedBy }) => <bdi>{raisedBy}</bdi>,
  },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Raised',
    align: 'end',
    quiet: true,
    cell: ({ raisedAt }) => <Time instant={raisedAt} style="minute" />,
  },
];

/** Corrections as lines: each leads to its page. */
export function CorrectionsTable(
  props: Pick<TableProps<CorrectionEntry>, 'label' | 'rows' | 'foot' | 'empty' | 'footEnd'>,
) {
  return (
    <Table
      {...props}
      columns={columns}
      rowKey={({ id }) => id}
      mark={({ standing }) => (standing === 'waiting' ? 'caution' : null)}
    />
  );
}
