/** Statements as CSV in a declared layout, read strictly: every row, column and sign must be as declared. Pure. */
import { CsvError, parse } from 'csv-parse/sync';
import { isDay } from './calendar-day.ts';
import { readSignedCents } from './cents.ts';
import { csvFields, type CsvField, type CsvLayout } from './csv-layouts.ts';
import { isIban } from './iban.ts';
import { lineIndex } from './line-index.ts';
import { StatementFault, atLine, type Place } from './refusal.ts';
import { statementLimits, type BankStatement, type StatementEntry } from './statement.ts';
import { readEndToEnd, readReference, readRemittance, readSequence } from './text-fields.ts';

/** Characters of one row at most. */
const RECORD_MAX = 20_000;

type Row = Readonly<Record<CsvField, string>>;

/** @throws StatementFault at the first place that is not as it must be. */
export function readCsvStatement(text: string, layout: CsvLayout): BankStatement {
  const file = new CsvFile(layout);
  if (!text.endsWith('\n'))
    throw new StatementFault(
      'truncated',
      lineIndex(text)(text.length),
      'The last row does not end with a line break, so the file may have been cut off.',
    );
  try {
    parse(text, {
      delimiter: layout.delimiter,
      quote: '"',
      escape: '"',
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      max_record_size: RECORD_MAX,
      on_record: (cells: string[]) => {
        file.take(cells);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw syntaxFault(error);
    throw error;
  }
  return file.finish();
}

function syntaxFault(error: CsvError): StatementFault {
  const line = typeof error['lines'] === 'number' ? atLine(error['lines']) : atLine(1);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new StatementFault('truncated', line, 'The file ends inside quotation marks.');
    case 'CSV_MAX_RECORD_SIZE':
      return new StatementFault(
        'csv-malformed',
        line,
        `The row is longer than ${RECORD_MAX} characters.`,
      );
    default:
      return new StatementFault(
        'csv-malformed',
        line,
        'A quotation mark stands where none belongs. Inside quotation marks it is written twice.',
      );
  }
}

class CsvFile {
  readonly #layout: CsvLayout;
  /** The row being read; no cell holds a line break, so rows are lines. */
  #line = 0;
  #first: Row | null = null;
  #opening = { amount: 0n, day: '' };
  #closing: { amount: bigint; day: string; line: number } | null = null;
  readonly #entries: StatementEntry[] = [];

  constructor(layout: CsvLayout) {
    this.#layout = layout;
  }

  take(cells: readonly string[]): void {
    this.#line += 1;
    const { columns, words } = this.#layout;
    if (this.#line === 1) return this.#checkHeader(cells);
    if (cells.length !== columns.length)
      throw this.#fault(
        'csv-malformed',
        `The row has ${cells.length} columns, not ${columns.length}.`,
      );
    const row = this.#rowOf(cells);
    if (this.#closing)
      throw this.#fault('structure', 'A row follows the one of the closing balance.');
    if (!this.#first) return this.#takeOpening(row);
    this.#checkSame(row, this.#first);
    if (row.record === words.entry) return this.#takeEntry(row);
    if (row.record !== words.closing)
      throw this.#fault('structure', 'The row is neither an entry nor the closing balance.');
    this.#closing = { ...this.#balanceOf(row), line: this.#line };
  }

  #checkHeader(cells: readonly string[]): void {
    const { columns } = this.#layout;
    if (
      cells.length !== columns.length ||
      columns.some((column, index) => column.name !== cells[index])
    )
      throw this.#fault(
        'header-differs',
        `The first row must be exactly: ${columns.map(({ name }) => name).join(this.#layout.delimiter)}`,
      );
  }

  #rowOf(cells: readonly string[]): Row {
    const row = Object.fromEntries(csvFields.map((field) => [field, ''])) as Record<
      CsvField,
      string
    >;
    for (const [index, column] of this.#layout.columns.entries()) {
      const cell = cells[index] ?? '';
      if (/[\r\n]/.test(cell))
        throw this.#fault('csv-malformed', `A line break stands inside “${column.name}”.`);
      row[column.field] = cell;
    }
    return row;
  }

  #takeOpening(row: Row): void {
    if (row.record !== this.#layout.words.opening)
      throw this.#fault('structure', 'The second row must be the opening balance.');
    if (!/^[A-Z]{3}$/.test(row.currency))
      throw this.#fault('field-missing', 'The currency must be three capital letters.');
    if (!isIban(row.iban))
      throw this.#fault(
        'iban-malformed',
        'The account is no IBAN: its check digits or its length are wrong.',
      );
    readReference(row.statement, 'id of the statement', this.#place());
    readSequence(row.sequence, this.#place());
    this.#opening = this.#balanceOf(row);
    this.#first = row;
  }

  #takeEntry(row: Row): void {
    if (this.#entries.length === statementLimits.entries)
      throw this.#fault(
        'too-many-entries',
        `The statement has more than ${statementLimits.entries} entries.`,
      );
    const amount = this.#amountOf(row);
    if (amount === 0n) throw this.#fault('amount-zero', 'An entry of nothing cannot be booked.');
    const { words } = this.#layout;
    if (row.reversal !== words.yes && row.reversal !== words.no)
      throw this.#fault('structure', `The reversal must be ${words.yes} or ${words.no}.`);
    if (row.counterparty !== '' && !isIban(row.counterparty))
      throw this.#fault(
        'iban-malformed',
        'The other account is no IBAN: its check digits or its length are wrong.',
      );
    this.#entries.push({
      line: this.#line,
      amount,
      bookingDate: this.#dayOf(row.booking_date),
      valueDate: row.value_date === '' ? null : this.#dayOf(row.value_date),
      reference: readReference(row.reference, 'reference of the bank', this.#place()),
      endToEnd: readEndToEnd(row.end_to_end, this.#place()),
      remittance: readRemittance(row.remittance, this.#place()),
      counterparty: row.counterparty === '' ? null : row.counterparty,
      isReversal: row.reversal === words.yes,
      payments: 1,
    });
  }

  #balanceOf(row: Row): { amount: bigint; day: string } {
    const unused: readonly CsvField[] = [
      'value_date',
      'reference',
      'end_to_end',
      'remittance',
      'counterparty',
      'reversal',
    ];
    if (unused.some((field) => row[field] !== ''))
      throw this.#fault('structure', 'A balance has a day and an amount, and nothing else.');
    return { amount: this.#amountOf(row), day: this.#dayOf(row.booking_date) };
  }

  /** Every row names account, statement and currency, so that rows of two files are never mixed. */
  #checkSame(row: Row, first: Row): void {
    if (row.currency !== first.currency)
      throw this.#fault('currency-mixed', 'The row is in another currency than the first.');
    if (
      row.iban !== first.iban ||
      row.statement !== first.statement ||
      row.sequence !== first.sequence
    )
      throw this.#fault('statement-mixed', 'The row is of another account or statement.');
  }

  #amountOf(row: Row): bigint {
    const cents = readSignedCents(row.amount, this.#layout.decimal);
    if (cents === null)
      throw this.#fault(
        'amount-malformed',
        `This is no amount: digits, a decimal ${this.#layout.decimal} and two decimals, 27 digits at most, no grouping.`,
      );
    return cents;
  }

  #dayOf(text: string): string {
    if (!isDay(text))
      throw this.#fault('date-malformed', 'This is no date in the ISO form, such as 2026-11-27.');
    return text;
  }

  #place(): Place {
    return atLine(this.#line);
  }

  #fault(code: ConstructorParameters<typeof StatementFault>[0], sentence: string): StatementFault {
    return new StatementFault(code, this.#place(), sentence);
  }

  finish(): BankStatement {
    const first = this.#first;
    const closing = this.#closing;
    if (!first || !closing)
      throw new StatementFault(
        'truncated',
        atLine(Math.max(this.#line, 1)),
        'The file ends before its closing balance. Fetch it from the bank again.',
      );
    return {
      iban: first.iban,
      currency: first.currency,
      id: first.statement,
      sequence: readSequence(first.sequence, atLine(2)),
      from: this.#opening.day,
      to: closing.day,
      opening: this.#opening.amount,
      closing: closing.amount,
      entries: this.#entries,
      lines: { account: 2, id: 2, sequence: 2, opening: 2, closing: closing.line },
    };
  }
}
