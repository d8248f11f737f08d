/** The document of a draft, its digest and what the rules say of it. */
import { createHash } from 'node:crypto';
import { checkReport, type Finding, type ReportContext } from '../report-rules.ts';
import { documentText, toDocument, type JsonObject } from '../report/document.ts';
import type { ReportValues } from '../report/field-types.ts';

export type WrittenReport = {
  document: JsonObject;
  /** What is sent, word for word. */
  text: string;
  /** SHA-256 of the text, hex. */
  digest: string;
};
export type ReportDocument = WrittenReport & { findings: Finding[] };

/** The document alone: it hangs on nothing but the values. */
export function writeReport(values: ReportValues): WrittenReport {
  const document = toDocument(values);
  const text = documentText(document);
  return { document, text, digest: createHash('sha256').update(text, 'utf8').digest('hex') };
}

/** @param context what the rules know beside the document; it changes what they find, never the document. */
export function documentOf(values: ReportValues, context: ReportContext): ReportDocument {
  const written = writeReport(values);
  return { ...written, findings: checkReport(written.document, context) };
}

/** Names of the rules that keep a report from being sent, each once. */
export const blockingRules = (findings: readonly Finding[]): string[] => [
  ...new Set(
    findings
      .filter(({ severity }) => severity === 'blocking')
      .map(({ field, rule }) => `${field} ${rule}`),
  ),
];
