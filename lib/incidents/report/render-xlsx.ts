/** A report as a workbook: the fields in the order of the Annex, each value as text. */
import { MAX_CELL, workbookOf } from '#lib/platform/spreadsheet.ts';
import { reportDigest } from './digest.ts';
import { SCHEMA_VERSION } from './document.ts';
import type { ReportValues } from './field-types.ts';
import { readInstant } from './knowledge.ts';
import { readValues } from './read-values.ts';
import type { ReportPrint } from './render-pdf.ts';

/** @returns the whole file; the same values give the same bytes. */
export const reportWorkbook = ({ values, at, standing }: ReportPrint): Promise<Uint8Array> =>
  workbookOf([
    {
      name: 'Report',
      widths: [8, 44, 70, 50],
      heads: ['Field', 'Name', 'Value', 'Value as sent'],
      rows: fieldRows(values),
    },
    {
      name: 'About',
      widths: [30, 80],
      heads: ['What', 'Value'],
      rows: [
        ['Standing', standing],
        ['As of', readInstant(at)],
        ['Template', 'Implementing Regulation (EU) 2025/302, Annex I'],
        ['Digest of the document (SHA-256)', reportDigest(values)],
        ['Version of the document’s schema', SCHEMA_VERSION],
      ],
    },
  ]);

function fieldRows(values: ReportValues): string[][] {
  return readValues(values).flatMap(({ words, fields }) => [
    ['', words, '', ''],
    ...fields.flatMap(({ field, words: value, sent }) => {
      const [read, raw] = [pieces(value), pieces(sent)];
      return Array.from({ length: Math.max(read.length, raw.length) }, (_, piece) => [
        field.no,
        piece === 0 ? field.name : `${field.name} (continued)`,
        read[piece] ?? '',
        raw[piece] ?? '',
      ]);
    }),
  ]);
}

/** A text in pieces that each fit into a cell; none cuts a character in half. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > MAX_CELL) {
    const isPair = /[\uD800-\uDBFF]/.test(rest[MAX_CELL - 1] ?? '');
    const cut = isPair ? MAX_CELL - 1 : MAX_CELL;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
