/** Reads what somebody sends as a register: a package or a workbook, told by the ending of its name. */
import type { Row, TemplateCode } from './column.ts';
import { readSentPackage } from './read-package.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';

/** Why a place in the file keeps it from being taken over. */
export type UploadFault = {
  /** Sheet and cell, or template, row and column, as people find them; null for the whole file. */
  where: string | null;
  reason: string;
};

export type UploadRead =
  | {
      rows: Readonly<Partial<Record<TemplateCode, readonly Row[]>>>;
      /** Sheets that are no templates, of which nothing was read. */
      left: readonly string[];
    }
  | { refused: readonly UploadFault[] };

/** Endings that a file may have. */
export const uploadEndings = ['.zip', '.xlsx'] as const;

const joined = (parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null).join(', ') || null;

/**
 * @param name of the file, which says what it is
 * @returns rows by template, or every reason why they can't be had; nothing is read by halves
 */
export async function readUpload(name: string, bytes: Uint8Array): Promise<UploadRead> {
  if (/\.zip$/i.test(name)) {
    const read = await readSentPackage(bytes, name);
    if ('rows' in read) return { rows: read.rows, left: [] };
    return {
      refused: read.refused.map(({ template, row, column, sentence }) => ({
        where: joined([template, row === null ? null : `row ${row}`, column]),
        reason: sentence,
      })),
    };
  }
  if (/\.xlsx$/i.test(name)) {
    const read = await readSpreadsheet(bytes);
    if ('rows' in read) return read;
    return {
      refused: read.refused.map(({ sheet, cell, reason }) => ({
        where: joined([sheet, cell]),
        reason,
      })),
    };
  }
  return {
    refused: [
      {
        where: null,
        reason: `A register is read from a file that ends with ${uploadEndings.join(' or ')}.`,
      },
    ],
  };
}
