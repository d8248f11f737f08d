import { strFromU8, unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { MAX_CELL, workbookOf, type Sheet } from './spreadsheet.ts';

const sheet = (rows: string[][]): Sheet => ({
  name: 'Table',
  widths: [10, 40],
  heads: ['No.', 'Value'],
  rows,
});

const rowsOf = async (bytes: Uint8Array) => (await readExcelFile(Buffer.from(bytes)))[0]?.data;

describe('a workbook', () => {
  it('gives back every text as it was, in its order', async () => {
    const rows = [
      ['1.10', 'Zürich, Ωmega \u{1F511}'],
      ['007', '2026-03-02'],
      ['<b>&"', 'two\nlines'],
    ];
    expect(await rowsOf(await workbookOf([sheet(rows)]))).toEqual([['No.', 'Value'], ...rows]);
  });

  it('never holds a formula, whatever a text looks like', async () => {
    const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1'].map((text) => [text, text]);
    const bytes = await workbookOf([sheet(rows)]);
    const files = unzipSync(bytes);
    for (const [name, content] of Object.entries(files))
      if (name.startsWith('xl/worksheets/sheet')) {
        expect(strFromU8(content)).not.toContain('<f');
        // Every cell with a value points to a shared text.
        expect(
          strFromU8(content)
            .match(/<c [^>]*>/g)
            ?.every((cell) => cell.includes('t="s"')),
        ).toBe(true);
      }
    expect((await rowsOf(bytes))?.slice(1)).toEqual(rows);
  });

  it('is the same bytes for the same tables', async () => {
    const first = await workbookOf([sheet([['1', 'a']])]);
    // Zip files state times to two seconds; whatever the clock says must not be in there.
    expect(Buffer.from(first).indexOf(Buffer.from([0x00, 0x00, 0x21, 0x00]))).toBeGreaterThan(0);
    expect(Buffer.compare(await workbookOf([sheet([['1', 'a']])]), first)).toBe(0);
    expect(Buffer.compare(await workbookOf([sheet([['1', 'b']])]), first)).not.toBe(0);
  });

  it('takes the longest text of a cell and refuses a longer one', async () => {
    await expect(workbookOf([sheet([['1', 'x'.repeat(MAX_CELL)]])])).resolves.toBeDefined();
    await expect(workbookOf([sheet([['1', 'x'.repeat(MAX_CELL + 1)]])])).rejects.toThrow();
  });

  it('stays readable with characters that no XML may hold', async () => {
    const rows = await rowsOf(await workbookOf([sheet([['1', 'a\u0000b\ud800c']])]));
    expect(rows?.[1]?.[1]).toBe('abc');
  });
});
