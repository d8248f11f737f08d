/** A statement as its two files, with what they hash to. */
import { createHash } from 'node:crypto';
import { statementDigest, type StatementContent } from './content.ts';
import { statementCsv } from './csv.ts';
import { statementPdf } from './pdf.ts';

export type Digests = { contentDigest: string; pdfDigest: string; csvDigest: string };
export type Rendered = Digests & { pdf: Buffer; csv: Buffer };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function renderStatement(content: StatementContent): Promise<Rendered> {
  const contentDigest = statementDigest(content);
  const pdf = await statementPdf(content, contentDigest);
  const csv = Buffer.from([...statementCsv(content, contentDigest)].join(''));
  return { contentDigest, pdfDigest: sha256(pdf), csvDigest: sha256(csv), pdf, csv };
}

export type StatementFile = 'pdf' | 'csv';

/** "position-C-20418-2026-07-01-to-2026-10-01.pdf". */
export const fileName = (
  { client, period }: Pick<StatementContent, 'client' | 'period'>,
  file: StatementFile,
): string =>
  `position-${client.id}-${period.from.slice(0, 10)}-to-${period.to.slice(0, 10)}.${file}`;
