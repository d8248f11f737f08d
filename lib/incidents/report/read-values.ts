/** A report's values as people read them, section by section. Pure. */
import { spanWords } from '../duration-text.ts';
import { isFilled } from './conditions.ts';
import type { FieldValue, ReportField, ReportValues } from './field-types.ts';
import { REPORT_FIELDS, SECTIONS, stageOf, wordsOf } from './fields.ts';
import { instantForm, minutesOf, readAmount } from './figures.ts';

export type ReadField = {
  field: ReportField;
  /** For people; "Missing" or "Not stated" where nothing is. */
  words: string;
  /** As it is sent: values of closed lists with semicolons between them. */
  sent: string;
  isFilled: boolean;
};

export type ReadSection = { words: string; fields: readonly ReadField[] };

/** @returns what the report's stage asks for and what was given early, in the order of the ITS. */
export function readValues(values: ReportValues): ReadSection[] {
  const stage = stageOf(values['1.1']) ?? 'initial';
  return SECTIONS.map(({ first, words }) => ({
    words: `${first}. ${words}`,
    fields: REPORT_FIELDS.filter(
      ({ no, duty }) => no.startsWith(`${first}.`) && (duty[stage] !== '-' || isFilled(values, no)),
    ).map((field) => readField(field, values, field.duty[stage] === 'M')),
  })).filter(({ fields }) => fields.length > 0);
}

function readField(field: ReportField, values: ReportValues, isMandatory: boolean): ReadField {
  const value = values[field.no];
  if (value === undefined || !isFilled(values, field.no))
    return { field, words: isMandatory ? 'Missing' : 'Not stated', sent: '', isFilled: false };
  return {
    field,
    words: wordsOfValue(field, value, values['1.15']),
    sent: typeof value === 'object' ? value.join('; ') : String(value),
    isFilled: true,
  };
}

/** A value for people, as a field of its kind is read. */
export function wordsOfValue(
  field: ReportField,
  value: FieldValue,
  currency: FieldValue | undefined,
): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'object')
    return value
      .map((one) =>
        field.kind === 'countries' ? `${wordsOf(field, one)} (${one})` : wordsOf(field, one),
      )
      .join('; ');
  switch (field.kind) {
    case 'choice':
      return wordsOf(field, value);
    case 'instant':
      return instantForm(value) === 'utc'
        ? `${value.slice(0, 10)} ${value.slice(11, 19)} UTC`
        : value;
    case 'duration': {
      const minutes = minutesOf(value);
      return minutes === null ? value : `${value} (${spanWords(minutes)})`;
    }
    case 'percent':
      return `${value} %`;
    case 'money':
      return typeof currency === 'string' ? `${currency} ${readAmount(value)}` : readAmount(value);
    case 'integer':
      return readAmount(value);
    case 'text':
    case 'lei':
    case 'identification':
    case 'names':
    case 'leis':
    case 'email':
    case 'phone':
    case 'choices':
    case 'countries':
    case 'yes-no':
      return value;
  }
}
