/** What tells one report from another: the digest of its document's text. */
import { createHash } from 'node:crypto';
import { documentText, toDocument } from './document.ts';
import type { ReportValues } from './field-types.ts';

/** SHA-256 of the document as it is exported, in hexadecimal digits. */
export const reportDigest = (values: ReportValues): string =>
  createHash('sha256')
    .update(documentText(toDocument(values)))
    .digest('hex');
