/** What a cell of a spreadsheet says in the spelling of the files. Pure. */
import {
  countryPrefix,
  currencyPrefix,
  no,
  notApplicable,
  notApplicableCode,
  yes,
} from '../codes.ts';
import { faultsOfCell } from './check-cell.ts';
import type { Column, ColumnType } from './column.ts';

/** As the reader of workbooks gives them; figures as the text that stands in the file. */
export type SheetValue = string | boolean | Date | { figure: string } | null;

export type CellRead = { text: string } | { reason: string };

const cellMax = 10_000;
/** Programs that make spreadsheets keep no more digits of a number. */
const digitsMax = 15;

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export function readSheetCell(value: SheetValue, column: Column): CellRead {
  // Before anything is done with it: one long text may stand in every cell.
  if (lengthOf(value) > cellMax) return { reason: `The cell has more than ${cellMax} characters.` };
  const read = textOfValue(value, column.type);
  if ('reason' in read || read.text === '') return read;
  const text = spelled(read.text, column.type);
  const fault = faultsOfCell(column, text).find(({ rule }) => rule === 'type');
  return fault ? { reason: fault.sentence } : { text };
}

function lengthOf(value: SheetValue): number {
  if (typeof value === 'string') return value.length;
  return value !== null && typeof value === 'object' && 'figure' in value ? value.figure.length : 0;
}

function textOfValue(value: SheetValue, type: ColumnType): CellRead {
  if (value === null) return { text: '' };
  if (typeof value === 'string') return { text: value.trim() };
  if (typeof value === 'boolean') return readBoolean(value, type);
  if (value instanceof Date) return readDate(value, type);
  return readFigure(value.figure, type);
}

function readBoolean(value: boolean, type: ColumnType): CellRead {
  if (type.kind === 'link') return { text: String(value) };
  const code = value ? yes : no;
  return type.kind === 'list' && Object.hasOwn(type.codes, code)
    ? { text: code }
    : { reason: 'True or false is no answer here.' };
}

function readDate(value: Date, type: ColumnType): CellRead {
  if (type.kind !== 'day')
    return { reason: 'The cell is formatted as a date. Format it as text and write it again.' };
  if (Number.isNaN(value.getTime())) return { reason: 'This is no day of the calendar.' };
  const [day = '', time] = value.toISOString().split('T');
  return time === '00:00:00.000Z' && /^\d{4}-/.test(day)
    ? { text: day }
    : { reason: 'The cell has a time of day. Write the day alone.' };
}

function readFigure(figure: string, type: ColumnType): CellRead {
  if (type.kind === 'day')
    return { reason: 'The cell has a number. Write a day, such as 2025-12-31.' };
  const text = String(Number(figure));
  if (!/^-?\d+(?:\.\d+)?$/.test(text) || text.replaceAll(/\D/g, '').length > digitsMax)
    return {
      reason: `A number keeps ${digitsMax} digits. Format the cell as text and write it again.`,
    };
  return { text };
}

/** Words where people write words, codes where the files have codes. */
function spelled(text: string, type: ColumnType): string {
  switch (type.kind) {
    case 'list': {
      if (Object.hasOwn(type.codes, text)) return text;
      return Object.entries(type.codes).find(([, word]) => same(word, text))?.[0] ?? text;
    }
    case 'country':
      if (type.orNone === true && same(text, notApplicable)) return notApplicableCode;
      return /^[A-Za-z]{2}$/.test(text) ? countryPrefix + text.toUpperCase() : text;
    case 'currency':
      return /^[A-Za-z]{3}$/.test(text) ? currencyPrefix + text.toUpperCase() : text;
    case 'link':
      return text.toLowerCase();
    default:
      return text;
  }
}
