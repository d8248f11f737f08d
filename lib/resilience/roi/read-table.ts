/** Reads a template of the package row by row: standard CSV, columns in any order, within the bounds. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { roiBounds } from './bounds.ts';
import { shown } from './check-cell.ts';
import type { Row, Template } from './column.ts';
import { PackageFault, type PackageFile } from './package-file.ts';
import { textOf, type Tell } from './read-text.ts';

/** Rows that may still be read, over all templates. */
export type Budget = { rows: number };

/** Columns in the order of the file; null where they are not the columns of the template. */
function readHeader(cells: readonly string[], template: Template, tell: Tell): string[] | null {
  const known = new Set(template.columns.map(({ code }) => code));
  const seen = new Set<string>();
  let isGood = true;
  const wrong = (column: string | null, sentence: string): void => {
    isGood = false;
    tell('header', { template: template.code, column }, sentence);
  };
  for (const cell of cells) {
    if (!known.has(cell)) wrong(null, `${shown(cell)} is no column of ${template.code}.`);
    else if (seen.has(cell)) wrong(cell, `The column ${cell} stands twice.`);
    seen.add(cell);
  }
  for (const { code, name } of template.columns)
    if (!seen.has(code)) wrong(code, `The column ${code} (${name}) is missing.`);
  return isGood ? [...cells] : null;
}

/** The parser counts what it has read before, the header with it; it may be ahead of what was taken from it. */
function syntaxFault(error: CsvError, template: string): PackageFault {
  const row: unknown = error['records'];
  const place = { template, row: typeof row === 'number' && row > 0 ? row : null };
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new PackageFault(
        'package-bounds',
        `The row is longer than ${roiBounds.rowLength} characters.`,
        place,
      );
    case 'CSV_QUOTE_NOT_CLOSED':
      return new PackageFault('csv', 'The file ends inside quotation marks.', place);
    default:
      return new PackageFault(
        'csv',
        'A quotation mark stands where none belongs. Inside quotation marks it is written twice.',
        place,
      );
  }
}

/** Header and rows of one file, as they come. */
class Table {
  /** Data rows so far. */
  rows = 0;
  columns: string[] | null = null;
  isHeaderRead = false;
  readonly #template: Template;
  readonly #tell: Tell;
  readonly #budget: Budget;

  constructor(template: Template, tell: Tell, budget: Budget) {
    this.#template = template;
    this.#tell = tell;
    this.#budget = budget;
  }

  /** @returns a row; null for the header and for what is no row */
  read(cells: readonly string[]): Row | null {
    if (!this.isHeaderRead) {
      this.isHeaderRead = true;
      this.columns = readHeader(cells, this.#template, this.#tell);
      return null;
    }
    if (this.columns === null) return null;
    this.rows += 1;
    this.#budget.rows -= 1;
    const place = { template: this.#template.code, row: this.rows };
    if (this.#budget.rows < 0)
      throw new PackageFault(
        'package-bounds',
        'The package has more rows than are read at once.',
        place,
      );
    if (cells.length !== this.columns.length) {
      this.#tell(
        'row-length',
        place,
        `The row has ${cells.length} cells, the header ${this.columns.length}.`,
      );
      return null;
    }
    const row: Record<string, string> = {};
    for (const [at, column] of this.columns.entries()) {
      const cell = cells[at] ?? '';
      if (cell.length > roiBounds.cellLength)
        throw new PackageFault(
          'package-bounds',
          `The cell has more than ${roiBounds.cellLength} characters.`,
          { ...place, column },
        );
      row[column] = cell;
    }
    return row;
  }
}

/**
 * Gives each row with its number from 1. What is wrong with single rows is told, and they are left out.
 * @returns data rows; null where the columns are not those of the template
 * @throws PackageFault where the file can't be read on
 */
export async function eachRow(
  file: PackageFile,
  template: Template,
  budget: Budget,
  tell: Tell,
  take: (row: Row, number: number) => void | Promise<void>,
): Promise<number | null> {
  const table = new Table(template, tell, budget);
  try {
    await pipeline(
      Readable.from(textOf(file, template.code, tell), { objectMode: false }),
      parse({
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: roiBounds.rowLength,
      }),
      async (records: AsyncIterable<string[]>) => {
        for await (const cells of records) {
          const row = table.read(cells);
          if (row !== null) await take(row, table.rows);
        }
      },
    );
  } catch (error) {
    if (error instanceof CsvError) throw syntaxFault(error, template.code);
    throw error;
  }
  if (!table.isHeaderRead) tell('header', { template: template.code }, 'The file has no header.');
  return table.columns === null ? null : table.rows;
}
