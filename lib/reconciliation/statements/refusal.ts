/**
 * Why a statement file is not taken. A file is refused whole, with the place and the reason; what
 * stands in the file is never repeated in a sentence, because anybody may have written it.
 */
import type { Refused } from '#lib/platform/result.ts';

export type StatementRefusalCode =
  // the file
  | 'empty'
  | 'too-large'
  | 'encoding-unsupported'
  | 'not-utf-8'
  | 'truncated'
  // XML
  | 'xml-malformed'
  | 'doctype'
  | 'too-deep'
  | 'too-many-elements'
  | 'namespace-unsupported'
  | 'structure'
  | 'several-statements'
  | 'paged'
  // CSV
  | 'csv-malformed'
  | 'header-differs'
  | 'statement-mixed'
  // what it says
  | 'field-missing'
  | 'text-malformed'
  | 'date-malformed'
  | 'amount-malformed'
  | 'amount-zero'
  | 'iban-malformed'
  | 'sequence-malformed'
  | 'not-booked'
  | 'too-many-entries'
  | 'count-differs'
  | 'wrong-account'
  | 'wrong-currency'
  | 'currency-mixed'
  | 'period-malformed'
  | 'in-the-future'
  | 'outside-period'
  | 'out-of-order'
  | 'reference-repeated'
  | 'balance-differs'
  // beside what was imported before
  | 'already-imported'
  | 'id-used'
  | 'sequence-repeated'
  | 'sequence-gap'
  | 'period-overlaps'
  | 'opening-differs'
  | 'entry-imported';

/** Lines and columns count from 1; null where the whole file is meant. */
export type Place = { line: number | null; column: number | null };

export type StatementRefusal = { code: StatementRefusalCode; sentence: string } & Place;

export type StatementResult<T> = { ok: true; value: T } | { ok: false; refusal: StatementRefusal };

/** The whole file. */
export const nowhere: Place = { line: null, column: null };
export const atLine = (line: number): Place => ({ line, column: null });

/** Thrown inside the readers, where a file is given up; `readStatement` makes a value of it. */
export class StatementFault extends Error {
  readonly refusal: StatementRefusal;

  constructor(code: StatementRefusalCode, { line, column }: Place, sentence: string) {
    super(sentence);
    this.name = 'StatementFault';
    this.refusal = { code, sentence, line, column };
  }
}

/** As people read it: "Line 14, column 9: The amount …". */
export function refusalText({ line, column, sentence }: StatementRefusal): string {
  if (line === null) return sentence;
  return `Line ${line}${column === null ? '' : `, column ${column}`}: ${sentence}`;
}

/** The same as any other refusal of the console, the place written before the sentence. */
export const asRefused = (refusal: StatementRefusal): Refused<StatementRefusalCode> => ({
  ok: false,
  refusal: { code: refusal.code, sentence: refusalText(refusal) },
});
