/**
 * Tables as CSV (RFC 4180) that a spreadsheet opens as text and never as a formula: a cell whose
 * first character could begin one gets an apostrophe in front, which is what OWASP advises. Pure.
 */

/** Also after blanks and inside quotes, because spreadsheets skip both. */
const beginsFormula = /^[\s"']*[=+\-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}]/u;

function cell(value: string | number): string {
  const text = String(value);
  // A figure of ours is no formula; a text that looks like one may be.
  const safe = typeof value === 'string' && beginsFormula.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @returns rows with CRLF between them and at the end, as the RFC has it. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
