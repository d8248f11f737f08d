/** From the bytes of a file to a statement that is whole in itself, or the reason why not. Pure. */
import { readCamt053 } from './camt053.ts';
import { checkStatement, type ExpectedAccount } from './check-statement.ts';
import { csvLayouts, type CsvLayoutName } from './csv-layouts.ts';
import { readCsvStatement } from './csv-statement.ts';
import { decodeText } from './decode-text.ts';
import { StatementFault, type StatementResult } from './refusal.ts';
import type { BankStatement } from './statement.ts';

/** What a file can be; whoever imports it says which. */
export const statementFormats = {
  'camt.053': 'camt.053 (XML)',
  csv: csvLayouts.csv.label,
  'csv-german': csvLayouts['csv-german'].label,
} as const satisfies Record<'camt.053' | CsvLayoutName, string>;
export type StatementFormat = keyof typeof statementFormats;

export const isStatementFormat = (text: string): text is StatementFormat =>
  Object.hasOwn(statementFormats, text);

/** Parses a file, and looks at nothing else. */
export const parseStatement = (
  bytes: Uint8Array,
  format: StatementFormat,
): StatementResult<BankStatement> => answerOf(() => parse(bytes, format));

/**
 * Parses a file and checks what it says.
 * @param today the last day that a statement may tell of, such as `2026-11-27`.
 */
export const readStatement = (
  bytes: Uint8Array,
  format: StatementFormat,
  expected: ExpectedAccount,
  today: string,
): StatementResult<BankStatement> =>
  answerOf(() => {
    const statement = parse(bytes, format);
    checkStatement(statement, expected, today);
    return statement;
  });

function parse(bytes: Uint8Array, format: StatementFormat): BankStatement {
  const text = decodeText(bytes);
  return format === 'camt.053' ? readCamt053(text) : readCsvStatement(text, csvLayouts[format]);
}

/** A fault of the file as a value; anything else is a fault of the reader and is passed on. */
export function answerOf<T>(work: () => T): StatementResult<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof StatementFault) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
