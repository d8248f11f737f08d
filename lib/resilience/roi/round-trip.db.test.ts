import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importRegister } from '../records/import-register.ts';
import { withRegisterSource } from '../records/register-source.ts';
import { openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { checkPackage } from './check-package.ts';
import { templateCodes, type Row } from './column.ts';
import { readSentPackage } from './read-package.ts';
import { filesOf, filing, newFolder, sampleMadeAt, sampleName, zipOf } from './testing/packages.ts';
import { period, sampleRows } from './testing/sample-register.ts';
import { writePackage } from './write-package.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const sorted = (rows: readonly Row[]) =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();

test('a package that is taken over into the records is written again as it was, and a check finds nothing', async () => {
  const read = await readSentPackage(zipOf(filesOf()), sampleName);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  expect(await importRegister(desk.manager, { rows: read.rows }, desk.context)).toMatchObject({
    ok: true,
  });
  const path = join(newFolder(), `${sampleName}.zip`);
  await withRegisterSource(desk.context.db, period, (source) =>
    writePackage(path, {
      ...filing,
      currency: 'EUR',
      madeAt: sampleMadeAt,
      source,
    }),
  );
  expect(await checkPackage(path)).toEqual([]);
  const again = await readSentPackage(readFileSync(path), sampleName);
  if ('refused' in again) throw new Error(JSON.stringify(again.refused));
  const sample = sampleRows();
  for (const template of templateCodes) {
    // The day of the last update is the day of the import.
    const [before, after] = [sample[template], again.rows[template]].map((rows) =>
      sorted(template === 'B_01.02' ? rows.map((row) => ({ ...row, c0070: '' })) : rows),
    );
    expect({ template, rows: after }).toEqual({ template, rows: before });
  }
});
