/**
 * Tables as CSV (RFC 4180) that a spreadsheet opens as text and never as a formula: a cell whose
 * first character could begin one gets an apostrophe in front, which is what OWASP advises. Pure.
 */

/**
 * An exact figure too long for a number: plain decimal text such as -123456789012345678.000000001.
 * It is no formula, so it stays as it is and programs read it as the number it is.
 */
export type ExactFigure = { figure: string };
export type Cell = string | number | ExactFigure;

const plainDecimal = /^-?\d+(?:\.\d+)?$/;

/** Also after blanks and inside quotes, because spreadsheets skip both. */
const beginsFormula = /^[\s"']*[=+\-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}]/u;

function cell(value: Cell): string {
  if (typeof value === 'object') {
    if (!plainDecimal.test(value.figure)) throw new Error('A figure that is no plain decimal');
    return value.figure;
  }
  const text = String(value);
  // A figure of ours is no formula; a text that looks like one may be.
  const safe = typeof value === 'string' && beginsFormula.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @returns rows with CRLF between them and at the end, as the RFC has it. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
