/** Reads a package for import: its rows by template, or every reason why they can't be had. */
import { roiBounds } from './bounds.ts';
import type { Row, TemplateCode } from './column.ts';
import { templateCodes } from './column.ts';
import { Findings, type Finding } from './finding.ts';
import { openSentPackage } from './open-package.ts';
import { PackageFault } from './package-file.ts';
import { eachRow } from './read-table.ts';
import type { Tell } from './read-text.ts';
import { fileOf, templateOf } from './templates.ts';

export type RegisterRows = Readonly<Record<TemplateCode, readonly Row[]>>;

export type RegisterRead = { rows: RegisterRows } | { refused: readonly Finding[] };

/** Rows of all templates that an import takes at once; they are held in memory. */
export const importRowsMax = 100_000;

/**
 * Reads a package that was sent as a zip. What only a filing needs, such as its name or filing indicators, is not
 * asked for; every template is, and every row of it as its header says. What the rules say of the rows is told by
 * checkSentPackage.
 */
export async function readSentPackage(bytes: Uint8Array, name: string): Promise<RegisterRead> {
  const refusals = new Findings();
  // Its name is for the filing.
  const aside = new Findings();
  const tell: Tell = (rule, place, sentence) => {
    if (rule !== 'byte-order-mark') refusals.add(rule, place, sentence);
  };
  const rows = new Map<TemplateCode, Row[]>(templateCodes.map((code) => [code, []]));
  try {
    const { files } = await openSentPackage(bytes, name, aside, roiBounds.importBytes);
    const budget = { rows: importRowsMax };
    for (const code of templateCodes) {
      const file = files.get(`reports/${fileOf(code)}`);
      if (!file) {
        tell('file-missing', { template: code }, `reports/${fileOf(code)} is missing.`);
        continue;
      }
      await eachRow(file, templateOf(code), budget, tell, (row) => {
        rows.get(code)?.push(row);
      });
    }
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    tell(error.rule, error.place, error.message);
  }
  const refused = refusals.list();
  return refused.length > 0
    ? { refused }
    : { rows: Object.fromEntries(rows) as Record<TemplateCode, Row[]> };
}
