/** Breaks one thing in the sample register, and says what the check finds then. */
import { checkSentPackage } from '../check-package.ts';
import type { TemplateCode } from '../column.ts';
import { sampleName, zipOf, type Files } from './packages.ts';
import type { Rows } from './sample-register.ts';

export type Found = [
  rule: string,
  template: string | null,
  row: number | null,
  column: string | null,
];

export async function foundIn(files: Files): Promise<Found[]> {
  const findings = await checkSentPackage(zipOf(files), `${sampleName}.zip`);
  return findings.map(({ rule, template, row, column }) => [rule, template, row, column]);
}

/** A row of the sample by its number, to be changed. */
export function rowOf(rows: Rows, template: TemplateCode, number: number): Record<string, string> {
  const row = rows[template][number - 1];
  if (!row) throw new Error(`There is no row ${number} in ${template}`);
  return row;
}

export type Break = (rows: Rows) => void;
export const set =
  (template: TemplateCode, number: number, column: string, value: string): Break =>
  (rows) => {
    rowOf(rows, template, number)[column] = value;
  };
export const drop =
  (template: TemplateCode, number: number): Break =>
  (rows) => {
    rows[template].splice(number - 1, 1);
  };
export const add =
  (template: TemplateCode, row: Record<string, string>): Break =>
  (rows) => {
    rows[template].push(row);
  };
export const repeat =
  (template: TemplateCode, number: number, changes: Record<string, string> = {}): Break =>
  (rows) => {
    rows[template].push({ ...rowOf(rows, template, number), ...changes });
  };

/** In an order that can be compared. */
export const sorted = (found: readonly Found[]) => found.map((one) => one.join(' ')).toSorted();
