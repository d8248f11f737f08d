/** What a check of a report found, in the short form in which cases state it. */
import { checkReport, type ReportContext } from '../../report-rules.ts';
import { toDocument, type Json, type JsonObject } from '../document.ts';
import type { FieldNo, FieldValue, ReportValues } from '../field-types.ts';

/** What a case changes; undefined takes a field out. */
export type Change = Partial<Record<FieldNo, FieldValue | undefined>>;

/** Findings as "field rule severity". */
export const found = (document: unknown, context: ReportContext = {}): string[] =>
  checkReport(document, context).map(({ field, rule, severity }) => `${field} ${rule} ${severity}`);

export const foundIn = (values: ReportValues, context: ReportContext = {}): string[] =>
  found(toDocument(values), context);

/** A document with one place set anew, by its path. */
export function withAt(values: ReportValues, path: string, value: Json): JsonObject {
  const document = structuredClone(toDocument(values));
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: unknown = document;
  for (const step of steps) at = (at as Record<string, unknown>)[step];
  (at as Record<string, unknown>)[last] = value;
  return document;
}
