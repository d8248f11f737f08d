import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPackage } from './check-package.ts';
import { templateCodes, type Row, type TemplateCode } from './column.ts';
import { readSentPackage } from './read-package.ts';
import { columnsOf } from './templates.ts';
import { filing, newFolder, sampleMadeAt, sampleName } from './testing/packages.ts';
import { sampleRows, sourceOf, type Rows } from './testing/sample-register.ts';
import { nameOfOrder, writePackage, type PackageOrder } from './write-package.ts';

const order = (rows: Rows): PackageOrder => ({
  ...filing,
  currency: 'EUR',
  madeAt: sampleMadeAt,
  source: sourceOf(rows),
});

async function written(rows: Rows): Promise<string> {
  const at = join(newFolder(), `${nameOfOrder(order(rows))}.zip`);
  await writePackage(at, order(rows));
  return at;
}

async function readBack(path: string): Promise<Readonly<Record<TemplateCode, readonly Row[]>>> {
  const read = await readSentPackage(readFileSync(path), sampleName);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return read.rows;
}

test('what is written has the name and the files of a filing, and a check finds nothing', async () => {
  const path = await written(sampleRows());
  expect(path.endsWith(`${sampleName}.zip`)).toBe(true);
  expect(await checkPackage(path)).toEqual([]);
  expect(await readBack(path)).toEqual(sampleRows());
});

/** Any text that a cell can hold, with what CSV has to quote. */
const cellText = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '',
      ' ',
      ',',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      '=1+1',
      '#nil',
      '\u{feff}x',
      "'",
      ';',
    ),
  )
  .filter((text) => text.isWellFormed());

const anyRows = fc
  .record(
    Object.fromEntries(
      templateCodes.map((code) => [
        code,
        fc.array(
          fc.record(Object.fromEntries(columnsOf(code).map((column) => [column.code, cellText]))),
          { maxLength: 5 },
        ),
      ]),
    ),
  )
  .map((rows) => rows as Rows);

test('whatever the cells say, reading gives the same rows in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, async (rows) => {
      expect(await readBack(await written(rows))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test('a source that breaks off leaves nothing behind, and what was there stays', async () => {
  const folder = newFolder();
  const path = join(folder, 'register.zip');
  await writePackage(path, order(sampleRows()));
  const before = readFileSync(path);
  const broken: PackageOrder = {
    ...order(sampleRows()),
    source: {
      rows: async function* breaking(template) {
        yield* sampleRows()[template];
        if (template === 'B_05.01') throw new Error('The database is gone');
      },
    },
  };
  await expect(writePackage(path, broken)).rejects.toThrow('The database is gone');
  expect(readdirSync(folder)).toEqual(['register.zip']);
  expect(readFileSync(path)).toEqual(before);
});

test('a row with a column that its template does not have is a fault of the source', async () => {
  const rows = sampleRows();
  rows['B_02.03'].push({ c0010: 'a', c0020: 'b', c0031: 'true' });
  await expect(written(rows)).rejects.toThrow('B_02.03 has no column c0031');
});
