/** Reads a register from a workbook (XLSX): a sheet for each template, with codes or names of columns on top. */
import readExcelFile from 'read-excel-file/node';
import {
  templateCodes,
  type Column,
  type Row,
  type Template,
  type TemplateCode,
} from './column.ts';
import { importRowsMax } from './read-package.ts';
import { scanWorkbook, type SheetFault } from './scan-workbook.ts';
import { readSheetCell, type SheetValue } from './sheet-cell.ts';
import { templateOf } from './templates.ts';

export type { SheetFault };

export type SpreadsheetRead =
  | {
      /** Templates that have no sheet are left out. */
      rows: Readonly<Partial<Record<TemplateCode, readonly Row[]>>>;
      /** Names of sheets that are no templates, and of which nothing was read. */
      left: readonly string[];
    }
  | { refused: readonly SheetFault[] };

/** Faults that are named at once; whoever mends them sees the next ones after. */
const faultsMax = 200;

/** Column of a spreadsheet by its number from 0, in letters. */
export function lettersOf(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : lettersOf(Math.floor(index / 26) - 1) + letter;
}

/** No code or name of a template or a column is longer. */
const nameMax = 255;

const plain = (text: string): string => text.trim().toLowerCase();

/** The template that a sheet is named after: by its code, with a name behind or not, or by its name. */
function templateNamed(sheet: string): TemplateCode | null {
  if (sheet.length > nameMax) return null;
  const { first, second } =
    /^\s*[Bb][_ .]?(?<first>\d\d)[._](?<second>\d\d)(?!\d)/.exec(sheet)?.groups ?? {};
  const code = `B_${first}.${second}`;
  return (
    templateCodes.find((one) => one === code || plain(templateOf(one).name) === plain(sheet)) ??
    null
  );
}

/** The column that stands on top: c0010, 0010, B_01.01.0010, or its name. */
function columnNamed(head: string, { columns }: Template): Column | null {
  if (head.length > nameMax) return null;
  const number = /(?:^|[c._ ])(?<number>\d{4})$/i.exec(head.trim())?.groups?.['number'];
  return (
    columns.find(({ code, name }) => code === `c${number ?? ''}` || plain(name) === plain(head)) ??
    null
  );
}

class Reading {
  readonly faults: SheetFault[] = [];
  readonly rows = new Map<TemplateCode, Row[]>();
  #left = importRowsMax;

  get isFull(): boolean {
    return this.faults.length >= faultsMax;
  }

  fault(sheet: string, row: number, column: number | null, reason: string): void {
    if (this.faults.length < faultsMax)
      this.faults.push({
        sheet,
        cell: column === null ? null : `${lettersOf(column)}${row + 1}`,
        reason,
      });
  }

  read(sheet: string, code: TemplateCode, data: readonly (readonly SheetValue[])[]): void {
    if (this.rows.has(code)) {
      this.fault(sheet, 0, null, `Another sheet is ${code}, too.`);
      return;
    }
    const rows: Row[] = [];
    this.rows.set(code, rows);
    const top = data.findIndex((cells) => cells.some((cell) => cell !== null));
    const columns = this.#readHeader(sheet, top, data[top] ?? [], templateOf(code));
    if (columns === null) return;
    for (const [at, cells] of data.entries()) {
      // Whoever mends what is named sees the rest after.
      if (this.isFull) return;
      if (at <= top || cells.every((cell) => cell === null || cell === '')) continue;
      this.#left -= 1;
      if (this.#left < 0) {
        this.fault(sheet, at, null, `At most ${importRowsMax} rows are read at once.`);
        return;
      }
      rows.push(this.#readRow(sheet, at, cells, columns));
    }
  }

  #readHeader(
    sheet: string,
    top: number,
    cells: readonly SheetValue[],
    template: Template,
  ): ReadonlyMap<number, Column> | null {
    const columns = new Map<number, Column>();
    const before = this.faults.length;
    for (const [at, cell] of cells.entries()) {
      if (cell === null) continue;
      const column = typeof cell === 'string' ? columnNamed(cell, template) : null;
      if (column === null)
        this.fault(sheet, top, at, `This is no column of ${template.code} (${template.name}).`);
      else if ([...columns.values()].includes(column))
        this.fault(sheet, top, at, `The column ${column.code} stands twice.`);
      else columns.set(at, column);
    }
    for (const column of template.columns)
      if (![...columns.values()].includes(column))
        this.fault(sheet, top, null, `The column ${column.code} (${column.name}) is missing.`);
    return this.faults.length > before ? null : columns;
  }

  #readRow(
    sheet: string,
    at: number,
    cells: readonly SheetValue[],
    columns: ReadonlyMap<number, Column>,
  ): Row {
    const row: Record<string, string> = {};
    for (const { code } of columns.values()) row[code] = '';
    for (const [index, cell] of cells.entries()) {
      const column = columns.get(index);
      if (cell === null) continue;
      if (!column) {
        this.fault(sheet, at, index, 'There is nothing above this cell that says what it is.');
        continue;
      }
      const read = readSheetCell(cell, column);
      if ('reason' in read)
        this.fault(sheet, at, index, `${column.code} (${column.name}): ${read.reason}`);
      else row[column.code] = read.text;
    }
    return row;
  }
}

/** Cells as they are; a figure keeps the text that it has in the file. */
async function sheetsOf(
  workbook: Uint8Array,
): Promise<{ sheet: string; data: SheetValue[][] }[] | null> {
  try {
    const sheets = await readExcelFile<{ figure: string }>(Buffer.from(workbook), {
      trim: false,
      parseNumber: (figure) => ({ figure }),
    });
    // The library's types call a date by its constructor.
    return sheets as unknown as { sheet: string; data: SheetValue[][] }[];
  } catch {
    // It throws errors of many kinds for what is no table; none of them says more than that.
    return null;
  }
}

/** @returns the rows of all sheets that are templates, or every reason why they can't be had */
export async function readSpreadsheet(bytes: Uint8Array): Promise<SpreadsheetRead> {
  const scanned = await scanWorkbook(bytes);
  if ('faults' in scanned) return { refused: scanned.faults };
  const refuse = (reason: string) => ({ refused: [{ sheet: null, cell: null, reason }] });
  const sheets = await sheetsOf(scanned.workbook);
  if (sheets === null) return refuse('The workbook can’t be read. Save it anew, as XLSX.');
  const reading = new Reading();
  const left: string[] = [];
  for (const { sheet, data } of sheets) {
    if (reading.isFull) break;
    const code = templateNamed(sheet);
    if (code === null) left.push(sheet);
    else reading.read(sheet, code, data);
  }
  if (reading.faults.length > 0) return { refused: reading.faults };
  if (reading.rows.size === 0)
    return refuse('No sheet is named after a template, such as B_02.01.');
  return { rows: Object.fromEntries(reading.rows), left };
}
