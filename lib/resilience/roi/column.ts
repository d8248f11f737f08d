/** What a column of the register of information holds, as data. Pure. */
import type { Codes } from '../codes.ts';
import type { RuleId } from './rules.ts';

export const templateCodes = [
  'B_01.01',
  'B_01.02',
  'B_01.03',
  'B_02.01',
  'B_02.02',
  'B_02.03',
  'B_03.01',
  'B_03.02',
  'B_03.03',
  'B_04.01',
  'B_05.01',
  'B_05.02',
  'B_06.01',
  'B_07.01',
  'B_99.01',
] as const;
export type TemplateCode = (typeof templateCodes)[number];

/** Which rules of the EBA an LEI in a column answers to. */
export type LeiRules = {
  /** Form of the code; a warning there. */
  pattern?: RuleId;
  /** That it is issued; one with wrong check digits can't be. Refuses the file. */
  issued?: RuleId;
};

export type ColumnType =
  /** @param most characters, where the law says so */
  | { kind: 'text'; most?: number }
  | ({ kind: 'lei' } & LeiRules)
  /** yyyy-mm-dd. */
  | { kind: 'day' }
  /** Money in units of its currency. @param notNegative the rule that asks for zero or more */
  | { kind: 'amount'; notNegative: RuleId }
  | { kind: 'whole'; least: number }
  /** @param other codes that are taken and have no words here */
  | { kind: 'list'; codes: Codes; other?: ReadonlySet<string> }
  /** @param orNone whether the code for "not applicable" may stand there */
  | { kind: 'country'; orNone?: true }
  | { kind: 'currency' }
  /** `F` and a natural number. */
  | { kind: 'function' }
  /** A technical column that is always true. */
  | { kind: 'link' };

/** Mandatory; conditional, with rules that say when; optional. */
export type Duty = 'M' | 'C' | 'O';

export type Column = {
  code: string;
  /** In our own words. */
  name: string;
  duty: Duty;
  type: ColumnType;
  /** Part of the primary key in the taxonomy, so never empty. */
  key: boolean;
};

export type Template = { code: TemplateCode; name: string; columns: readonly Column[] };

/** A row as the files spell it: the texts of its cells by column; a missing one is empty. */
export type Row = Readonly<Record<string, string>>;

export const text: ColumnType = { kind: 'text' };
export const day: ColumnType = { kind: 'day' };
export const country: ColumnType = { kind: 'country' };
export const currency: ColumnType = { kind: 'currency' };
export const link: ColumnType = { kind: 'link' };
export const lei = (rules: LeiRules = {}): ColumnType => ({ kind: 'lei', ...rules });
export const amount = (notNegative: RuleId): ColumnType => ({ kind: 'amount', notNegative });
export const whole = (least = 0): ColumnType => ({ kind: 'whole', least });
export const listOf = (codes: Codes): ColumnType => ({ kind: 'list', codes });

export const column = (code: string, name: string, duty: Duty, type: ColumnType): Column => ({
  code,
  name,
  duty,
  type,
  key: false,
});

/** A column of the primary key. */
export const key = (code: string, name: string, type: ColumnType): Column => ({
  code,
  name,
  duty: 'M',
  type,
  key: true,
});
