/**
 * A statement as CSV (RFC 4180, UTF-8, CRLF), a piece at a time: one table whose first column says
 * what a row is. Amounts are plain exact decimals, so programs read them as numbers, negative ones
 * too; every text that a spreadsheet could take for a formula begins with an apostrophe. A
 * spreadsheet keeps 15 digits of a number it opens: import long amounts as text.
 */
import { csvOf, type Cell } from '#lib/platform/csv.ts';
import type {
  AssetStatement,
  PendingHold,
  StatementContent,
  StatementMovement,
} from './content.ts';
import { kindWords, plainDecimal, standingNotes } from './words.ts';

export const csvColumns = [
  'record',
  'asset',
  'journal',
  'line',
  'at',
  'what',
  'operation',
  'reference',
  'counterparty',
  'amount',
  'balance',
  'note',
] as const;
type Column = (typeof csvColumns)[number];

const row = (cells: Partial<Record<Column, Cell>>): Cell[] =>
  csvColumns.map((column) => cells[column] ?? '');

const figure = (units: string, decimals: number): Cell => ({
  figure: plainDecimal(units, decimals),
});

/** Rows about the statement itself: what it is of, and what it was drawn up from. */
function aboutRows(content: StatementContent, digest: string): Cell[][] {
  const { client, period, opened, close } = content;
  const about = (what: string, note: string) => row({ record: 'about', what, note });
  return [
    about('Statement of position of client', client.id),
    ...(client.name === undefined ? [] : [about('Name', client.name)]),
    about('Period from', period.from),
    about('Period to', period.to),
    about('Opening books closed at', opened?.closedAt ?? 'The books began in this period.'),
    about('Books closed at', close.closedAt),
    about('Drawn up from journal', close.lastJournal),
    about('Content SHA-256', digest),
    ...standingNotes.map(({ heading, text }) => about(heading, text)),
  ];
}

function balanceRow(record: string, asset: AssetStatement, at: string, units: string): Cell[] {
  return row({ record, asset: asset.asset, at, balance: figure(units, asset.decimals) });
}

const movementRow = (asset: AssetStatement, movement: StatementMovement): Cell[] =>
  row({
    record: 'movement',
    asset: asset.asset,
    journal: { figure: movement.journal },
    line: movement.line,
    at: movement.bookedAt,
    what: kindWords(movement.kind),
    operation: movement.operation ?? '',
    reference: movement.reference?.id ?? '',
    counterparty: movement.counterparty ?? '',
    amount: figure(movement.amount, asset.decimals),
    balance: figure(movement.balance, asset.decimals),
  });

const pendingRow = ({ asset, decimals, operation, amount, since }: PendingHold): Cell[] =>
  row({
    record: 'pending',
    asset,
    at: since,
    what: 'Set aside',
    operation,
    amount: figure(amount, decimals),
  });

/** Rows written at once. */
const batch = 500;

export function* statementCsv(content: StatementContent, digest: string): Generator<string> {
  yield csvOf([[...csvColumns], ...aboutRows(content, digest)]);
  for (const asset of content.assets) {
    yield csvOf([balanceRow('opening', asset, content.period.from, asset.opening)]);
    for (let from = 0; from < asset.movements.length; from += batch)
      yield csvOf(
        asset.movements.slice(from, from + batch).map((movement) => movementRow(asset, movement)),
      );
    yield csvOf([balanceRow('closing', asset, content.period.to, asset.closing)]);
  }
  if (content.pending.length > 0) yield csvOf(content.pending.map(pendingRow));
}
