/** A rule between fields: what it looks at, whom it blames, and what it says. */
import type { ReportContext } from './conditions.ts';
import type { FieldNo, ReportValues, Stage } from './field-types.ts';
import type { Severity } from './finding.ts';
import { millisOf } from './figures.ts';

/** What a rule can look at: only what is well formed. */
export type Facts = {
  values: ReportValues;
  context: ReportContext;
  stage: Stage;
  isReclassified: boolean;
};

export type Rule = {
  id: string;
  /** The field that the finding stands at. */
  field: FieldNo;
  /** The other fields that it looks at; a rule keeps silent while one of them is malformed. */
  with?: readonly FieldNo[];
  severity: Severity;
  article: string;
  /** What is wrong, for people; null where nothing is. */
  check: (facts: Facts) => string | null;
};

/** The figure of a field, as a number; null where there is none. */
export function figureOf(values: ReportValues, no: FieldNo): number | null {
  const value = values[no];
  if (typeof value !== 'string' || value === '') return null;
  const figure = Number(value);
  return Number.isFinite(figure) ? figure : null;
}

/** True where both instants are there and the first lies after the second. */
export function isAfter(values: ReportValues, first: FieldNo, second: FieldNo): boolean {
  const one = millisOf(values[first]);
  const other = millisOf(values[second]);
  return one !== null && other !== null && one > other;
}
