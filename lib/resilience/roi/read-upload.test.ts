import { expect, test } from 'vitest';
import { readUpload } from './read-upload.ts';
import { filesOf, sampleName, zipOf } from './testing/packages.ts';
import { sampleRows } from './testing/sample-register.ts';
import { rawWorkbook, sampleWorkbook, textCell } from './testing/workbooks.ts';

test('a package and a workbook of one register give the same rows', async () => {
  const expected = { rows: sampleRows(), left: [] };
  expect(await readUpload(`${sampleName}.zip`, zipOf(filesOf()))).toEqual(expected);
  expect(await readUpload('Register.XLSX', await sampleWorkbook())).toEqual(expected);
});

test('each reason says where it lies', async () => {
  const files = filesOf();
  files.set('reports/b_01.03.csv', 'c0010,c0020,c0030\nBR-1,x\n');
  files.delete('reports/b_02.03.csv');
  expect(await readUpload('a.zip', zipOf(files))).toEqual({
    refused: [
      { where: 'B_01.03, c0040', reason: 'The column c0040 (Country) is missing.' },
      { where: 'B_02.03', reason: 'reports/b_02.03.csv is missing.' },
    ],
  });
  const formula = `<row r="1">${textCell('A1', 'c0010')}<c r="B1"><f>1</f></c></row>`;
  expect(await readUpload('a.xlsx', rawWorkbook('B_02.01', formula))).toEqual({
    refused: [{ where: 'B_02.01, B1', reason: 'This cell has a formula. Put its value there.' }],
  });
});

test.each(['register.csv', 'register.xlsm', 'register.xls', 'zip', ''])(
  'a file named %j is not taken',
  async (name) => {
    expect(await readUpload(name, zipOf(filesOf()))).toEqual({
      refused: [
        { where: null, reason: 'A register is read from a file that ends with .zip or .xlsx.' },
      ],
    });
  },
);
