/** The document of a draft, its digest and what the rules say of it. */
import { createHash } from 'node:crypto';
import { checkReport, type Finding } from '../report-rules.ts';
import { documentText, toDocument, type JsonObject } from '../report/document.ts';
import type { ReportValues } from '../report/field-types.ts';

export type ReportDocument = {
  document: JsonObject;
  /** What is sent, word for word. */
  text: string;
  /** SHA-256 of the text, hex. */
  digest: string;
  findings: Finding[];
};

export function documentOf(values: ReportValues): ReportDocument {
  const document = toDocument(values);
  const text = documentText(document);
  return {
    document,
    text,
    digest: createHash('sha256').update(text, 'utf8').digest('hex'),
    findings: checkReport(document),
  };
}

/** Names of the rules that keep a report from being sent, each once. */
export const blockingRules = (findings: readonly Finding[]): string[] => [
  ...new Set(
    findings
      .filter(({ severity }) => severity === 'blocking')
      .map(({ field, rule }) => `${field} ${rule}`),
  ),
];
