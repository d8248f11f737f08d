/**
 * Tables as a workbook (XLSX). Every cell is text, so nothing in it is ever a formula, and no program
 * makes a date or a number of a code. The same tables give the same bytes.
 */
import { unzipSync, zipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';

export type Sheet = {
  /** At most 31 characters, none of \ / ? * [ ] : */
  name: string;
  /** Widths of the columns in characters. */
  widths: readonly number[];
  /** What stands above the columns, kept in sight while one scrolls. */
  heads: readonly string[];
  rows: readonly (readonly string[])[];
};

/** The longest text that a cell may have, in UTF-16 units; a workbook with more doesn't open. */
export const MAX_CELL = 32_767;

/** The earliest instant that a zip file can state, in whatever zone: a file's age says nothing here. */
const EPOCH = new Date(1980, 0, 1);

/**
 * @returns the whole file.
 * @throws for a cell that is longer than a workbook takes; whoever makes the rows splits it.
 */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const drawn = sheets.map(({ name, widths, heads, rows }) => ({
    sheet: name,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [
      heads.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(textCell)),
    ],
  }));
  const packed = await writeExcelFile(drawn).toBuffer();
  // Packed anew, because the library's files carry the time at which they were made.
  return zipSync(unzipSync(packed), { mtime: EPOCH, level: 6 });
}

function textCell(text: string) {
  if (text.length > MAX_CELL) throw new Error('A text that is longer than a cell of a workbook');
  if (text === '') return null;
  return {
    value: text.toWellFormed(),
    type: String,
    wrap: true,
    alignVertical: 'top' as const,
  };
}
