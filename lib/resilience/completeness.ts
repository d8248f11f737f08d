/** How complete the register of information is, template by template: cells that are asked, and cells that are filled. Pure. */
import {
  highlyComplex,
  noDay,
  nonFinancialTypes,
  notApplicableCode,
  notSubstitutable,
  yes,
} from './codes.ts';
import { templateCodes, type Column, type Row, type TemplateCode } from './roi/column.ts';
import { columnsOf, templateOf } from './roi/templates.ts';

export type RowAbout = {
  /** The row is about a critical or important function. */
  isCritical: boolean;
  /** The provider of the row serves the entity directly. */
  isDirect: boolean;
  /** Day that the register is filed for, yyyy-mm-dd. */
  referenceDate: string;
};

export type Completeness = {
  template: TemplateCode;
  name: string;
  rows: number;
  /** Rows that should be there and are not; all of their cells count as asked. */
  missingRows: number;
  asked: number;
  filled: number;
};

type Condition = (row: Row, about: RowAbout) => boolean;
const cell = (row: Row, column: string): string => row[column] ?? '';

const critical: Condition = (_row, { isCritical }) => isCritical;
const stored: Condition = (row, { isCritical }) => isCritical && cell(row, 'c0140') === yes;
const financial: Condition = (row) => !nonFinancialTypes.has(cell(row, 'c0040'));
const direct: Condition = (_row, { isDirect }) => isDirect;
const hard: Condition = (row) => [notSubstitutable, highlyComplex].includes(cell(row, 'c0050'));

/** When a conditional cell is asked (ITS 2024/2956 Annex I); columns that are not here are asked by their duty. */
const conditions: Readonly<Partial<Record<TemplateCode, Readonly<Record<string, Condition>>>>> = {
  'B_01.02': { c0100: financial, c0110: financial },
  'B_02.02': {
    c0090: (row, { referenceDate }) => cell(row, 'c0080') <= referenceDate,
    c0100: critical,
    c0110: critical,
    c0120: critical,
    c0130: critical,
    c0140: critical,
    c0150: stored,
    c0160: critical,
    c0170: stored,
    c0180: critical,
  },
  'B_05.01': {
    c0040: (row) => cell(row, 'c0030') !== '',
    c0090: direct,
    c0100: direct,
    c0110: direct,
    c0120: direct,
  },
  'B_05.02': { c0070: (row) => cell(row, 'c0050') !== '1' },
  'B_07.01': { c0060: hard },
  // What the entity means by the options is one row of texts, all of which are asked.
  'B_99.01': Object.fromEntries(columnsOf('B_99.01').map(({ code }) => [code, () => true])),
};

function isAsked(template: TemplateCode, column: Column, row: Row, about: RowAbout): boolean {
  if (column.type.kind === 'link') return false;
  const condition = conditions[template]?.[column.code];
  return condition ? condition(row, about) : column.duty === 'M';
}

/** Objectives that are not defined are spelled 0. */
const undefinedAtZero: ReadonlySet<string> = new Set(['c0080', 'c0090']);

function isFilled(template: TemplateCode, column: Column, row: Row, about: RowAbout): boolean {
  const text = cell(row, column.code);
  if (text === '' || text === notApplicableCode) return false;
  if (template === 'B_06.01' && about.isCritical && undefinedAtZero.has(column.code))
    return text !== '0';
  // A function that is said to be critical, or not, was assessed on some day.
  if (template === 'B_06.01' && about.isCritical && column.code === 'c0070') return text !== noDay;
  return true;
}

/** Columns of a row that are asked and empty. */
export const openColumns = (template: TemplateCode, row: Row, about: RowAbout): string[] =>
  columnsOf(template)
    .filter(
      (column) => isAsked(template, column, row, about) && !isFilled(template, column, row, about),
    )
    .map(({ code }) => code);

/** Counts rows as they come. */
export class CompletenessCount {
  readonly #counts = new Map<TemplateCode, Omit<Completeness, 'template' | 'name'>>();

  add(template: TemplateCode, row: Row, about: RowAbout): void {
    const count = this.#of(template);
    count.rows += 1;
    for (const column of columnsOf(template)) {
      if (!isAsked(template, column, row, about)) continue;
      count.asked += 1;
      if (isFilled(template, column, row, about)) count.filled += 1;
    }
  }

  /** A row that should be there. */
  miss(template: TemplateCode): void {
    const count = this.#of(template);
    count.missingRows += 1;
    count.asked += columnsOf(template).filter(
      ({ duty, type }) => duty === 'M' && type.kind !== 'link',
    ).length;
  }

  /** Takes in what was counted elsewhere. */
  addAll(other: CompletenessCount): void {
    this.#join(other, 1);
  }

  /** Takes out again what was taken in before. */
  removeAll(other: CompletenessCount): void {
    this.#join(other, -1);
  }

  #join(other: CompletenessCount, times: 1 | -1): void {
    for (const [template, { rows, missingRows, asked, filled }] of other.#counts) {
      if (rows + missingRows === 0) continue;
      const count = this.#of(template);
      count.rows += times * rows;
      count.missingRows += times * missingRows;
      count.asked += times * asked;
      count.filled += times * filled;
    }
  }

  list(): Completeness[] {
    return templateCodes.map((template) => ({
      template,
      name: templateOf(template).name,
      ...this.#of(template),
    }));
  }

  #of(template: TemplateCode) {
    const counted = this.#counts.get(template);
    if (counted) return counted;
    const none = { rows: 0, missingRows: 0, asked: 0, filled: 0 };
    this.#counts.set(template, none);
    return none;
  }
}

/** Share of what is asked that is there, 0 to 1; 1 where nothing is asked. */
export const shareOf = ({ asked, filled }: Pick<Completeness, 'asked' | 'filled'>): number =>
  asked === 0 ? 1 : filled / asked;
