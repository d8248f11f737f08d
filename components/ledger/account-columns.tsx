import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Code } from '../ui/grouped.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Movement } from './ledger-amount.tsx';
import { journalKind } from './ledger-words.ts';
import { OperationLink } from './operation-link.tsx';

type Line = LedgerAccountView['lines'][number];

/** Movements: what changed it, by how much, and where it stood then. */
export const movementColumns = (asset: string): readonly Column<Line>[] => [
  {
    id: 'journal',
    head: 'Journal',
    cell: ({ journal }) => (
      <TextLink look="plain" href={`/ledger/journals/${journal}`}>
        <Code>{journal}</Code>
      </TextLink>
    ),
  },
  { id: 'kind', head: 'What', cell: ({ kind }) => journalKind(kind) },
  {
    id: 'change',
    head: 'Change',
    align: 'end',
    cell: ({ change }) => <Movement value={change} asset={asset} />,
  },
  {
    id: 'balance',
    head: 'Balance after',
    align: 'end',
    quiet: true,
    cell: ({ balance }) => (
      <OperationAmount value={balance} asset={asset} show="figure" look="plain" />
    ),
  },
  { id: 'asset', head: 'Asset', quiet: true, cell: () => asset },
  {
    id: 'operation',
    head: 'Operation',
    cell: ({ operation, operationNumber }) => (
      <OperationLink operation={operation} number={operationNumber} />
    ),
  },
  {
    id: 'at',
    head: 'Posted',
    align: 'end',
    quiet: true,
    cell: ({ postedAt }) => <Time instant={postedAt} />,
  },
];

type Hold = LedgerAccountView['holds'][number];

/** Holds: which operation has set how much aside, and since when. */
export const holdColumns = (asset: string): readonly Column<Hold>[] => [
  {
    id: 'operation',
    head: 'Operation',
    cell: ({ operation, operationNumber }) => (
      <TextLink look="plain" href={`/operations/${operation}`}>
        <Code>{operationNumber}</Code>
      </TextLink>
    ),
  },
  {
    id: 'amount',
    head: 'Set aside',
    align: 'end',
    cell: ({ amount }) => <OperationAmount value={amount} asset={asset} show="figure" />,
  },
  { id: 'asset', head: 'Asset', quiet: true, cell: () => asset },
  {
    id: 'at',
    head: 'Since',
    align: 'end',
    quiet: true,
    cell: ({ placedAt }) => <Time instant={placedAt} />,
  },
];
