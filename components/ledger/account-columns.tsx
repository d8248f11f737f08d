import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Code } from '../ui/grouped.tsx';
import type { Column } from '../ui/table.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { newCorrectionPath } from './corrections/correction-words.ts';
import { EntryRestLine } from './corrections/entry-rest.tsx';
import { Movement } from './ledger-amount.tsx';
import { movementWords } from './ledger-words.ts';
import { OperationLink } from './operation-link.tsx';

type Line = LedgerAccountView['lines'][number];

/** Leads to giving what is left of a line to whose it is; nothing for a line that took away. */
function Attribute({ account, line }: { account: string; line: Line }) {
  const { rest } = line;
  if (rest === null) return null;
  return (
    <>
      {rest.left !== null && (
        <TextLink href={newCorrectionPath({ account, entry: `${line.journal}_${line.line}` })}>
          {rest.left === rest.amount ? 'Attribute' : `Attribute ${rest.left}`}
          <span className="sr-only"> journal {line.journal}</span>
        </TextLink>
      )}
      <EntryRestLine rest={rest} />
    </>
  );
}

/**
 * Movements: what changed it, by how much, and where it stood then.
 * @param attributed the suspense account whose entries the person may attribute; null for none.
 */
export const movementColumns = (
  asset: string,
  attributed: string | null,
): readonly Column<Line>[] => [
  {
    id: 'journal',
    head: 'Journal',
    cell: (line) => {
      const { journal, kind, change, balance, operation, operationNumber, postedAt } = line;
      return (
        <>
          <TextLink look="plain" href={`/ledger/journals/${journal}`}>
            <Code>{journal}</Code>
          </TextLink>
          <NarrowLine word={movementWords(kind, line.line)}>
            <Movement value={change} asset={asset} show="both" />
          </NarrowLine>
          <NarrowLine word="Balance after">
            <OperationAmount value={balance} asset={asset} look="plain" />
          </NarrowLine>
          <NarrowLine word="Operation">
            {operation !== null && <OperationLink operation={operation} number={operationNumber} />}
          </NarrowLine>
          <NarrowLine word="Posted">
            <Time instant={postedAt} />
          </NarrowLine>
          {attributed !== null && (
            <NarrowLine word="Whose">
              <Attribute account={attributed} line={line} />
            </NarrowLine>
          )}
        </>
      );
    },
  },
  {
    id: 'kind',
    narrow: 'hidden',
    head: 'What',
    cell: ({ kind, line }) => movementWords(kind, line),
  },
  {
    id: 'change',
    narrow: 'hidden',
    head: 'Change',
    align: 'end',
    cell: ({ change }) => <Movement value={change} asset={asset} />,
  },
  {
    id: 'balance',
    narrow: 'hidden',
    head: 'Balance after',
    align: 'end',
    quiet: true,
    cell: ({ balance }) => (
      <OperationAmount value={balance} asset={asset} show="figure" look="plain" />
    ),
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: () => asset },
  {
    id: 'operation',
    narrow: 'hidden',
    head: 'Operation',
    cell: ({ operation, operationNumber }) => (
      <OperationLink operation={operation} number={operationNumber} />
    ),
  },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Posted',
    align: 'end',
    quiet: true,
    cell: ({ postedAt }) => <Time instant={postedAt} />,
  },
  ...(attributed === null
    ? []
    : [
        {
          id: 'attribute',
          narrow: 'hidden' as const,
          head: 'Whose',
          cell: (line: Line) => <Attribute account={attributed} line={line} />,
        },
      ]),
];

type Hold = LedgerAccountView['holds'][number];

/** Holds: which operation has set how much aside, and since when. */
export const holdColumns = (asset: string): readonly Column<Hold>[] => [
  {
    id: 'operation',
    head: 'Operation',
    cell: ({ operation, operationNumber, amount, placedAt }) => (
      <>
        <TextLink look="plain" href={`/operations/${operation}`}>
          <Code>{operationNumber}</Code>
        </TextLink>
        <NarrowLine word="Set aside">
          <OperationAmount value={amount} asset={asset} />
        </NarrowLine>
        <NarrowLine word="Since">
          <Time instant={placedAt} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Set aside',
    align: 'end',
    cell: ({ amount }) => <OperationAmount value={amount} asset={asset} show="figure" />,
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: () => asset },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Since',
    align: 'end',
    quiet: true,
    cell: ({ placedAt }) => <Time instant={placedAt} />,
  },
];
