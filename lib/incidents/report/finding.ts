/** What a check of a report says. */
import type { FieldNo } from './field-types.ts';

/** Blocking: it must not be submitted so. Warning: a person should look at it first. */
export type Severity = 'blocking' | 'warning';

export type Finding = {
  /** The field's number such as "2.6"; the JSON path of what has no number. */
  field: string;
  /** Which rule is broken. */
  rule: string;
  severity: Severity;
  /** What is wrong and what to do, for the person who writes the report. */
  sentence: string;
  /** Where the rule comes from. */
  article: string;
};

export const schemaArticle = (no: FieldNo | null): string =>
  no === null ? 'ESAs’ schema IR 1.2.1' : `ESAs’ schema IR 1.2.1, field ${no}`;

export const annexArticle = (...fields: FieldNo[]): string =>
  `ITS 2025/302 Annex II, ${fields.length === 1 ? 'field' : 'fields'} ${fields.join(', ')}`;
