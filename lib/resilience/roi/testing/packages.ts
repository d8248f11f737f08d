/** Packages of the sample register as files, for tests that break one thing in them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { templateCodes, type Row } from '../column.ts';
import { packageName } from '../package-name.ts';
import {
  indicatorsCsv,
  indicatorsPath,
  parametersCsv,
  parametersPath,
  reportJson,
  reportPackageJson,
  reportPackagePath,
  reportPath,
} from '../package-parts.ts';
import { columnsOf, fileOf } from '../templates.ts';
import { entity, period, sampleRows, type Rows } from './sample-register.ts';

export const filing = { lei: entity, scope: 'IND', country: 'LU', period } as const;
export const sampleMadeAt = new Date('2026-03-02T09:30:00.123Z');
export const sampleName = packageName(filing, sampleMadeAt);

/** Texts, or bytes, by path inside the package. */
export type Files = Map<string, string | Uint8Array>;

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function csvText(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

/** Files of a register; the sample where none is given. */
export function filesOf(rows: Rows = sampleRows()): Files {
  return new Map([
    [reportPackagePath, reportPackageJson],
    [reportPath, reportJson],
    [parametersPath, parametersCsv(filing, 'EUR')],
    [indicatorsPath, indicatorsCsv],
    ...templateCodes.map(
      (code) =>
        [
          `reports/${fileOf(code)}`,
          csvText(
            columnsOf(code).map((column) => column.code),
            rows[code],
          ),
        ] as const,
    ),
  ]);
}

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? strToU8(content) : content;

/** A zip of files in one folder; in none where the root is empty. */
export const zipOf = (files: Files, root: string = sampleName): Uint8Array =>
  zipSync(
    Object.fromEntries(
      [...files].map(([path, content]) => [
        root === '' ? path : `${root}/${path}`,
        bytesOf(content),
      ]),
    ),
  );

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'countersign-roi-'));

/** A folder of files. @returns its path */
export function folderOf(files: Files, name: string = sampleName): string {
  const folder = join(newFolder(), name);
  for (const [path, content] of files) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, bytesOf(content));
  }
  return folder;
}
