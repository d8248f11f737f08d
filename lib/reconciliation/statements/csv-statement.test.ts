import { describe, expect, test } from 'vitest';
import { csvLayouts } from './csv-layouts.ts';
import { parseStatement } from './read-statement.ts';
import { statementLimits } from './statement.ts';
import { renderCsv } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, refusalOf, sampleEntry, sampleStatement } from './testing/samples.ts';

const good = renderCsv(sampleStatement(), csvLayouts.csv, '\n');
const rows = good.split('\n');

function bent(piece: string, instead: string): string {
  if (!good.includes(piece)) throw new Error(`Nothing to replace: ${piece}`);
  return good.replace(piece, instead);
}

describe('a CSV file', () => {
  test.each(['csv', 'csv-german'] as const)('is read in the layout %s as declared', (name) => {
    const file = renderCsv(sampleStatement(), csvLayouts[name]);
    const result = parseStatement(bytesOf(file), name);
    expect(result).toMatchObject({
      ok: true,
      value: {
        ...sampleStatement(),
        entries: sampleStatement().entries.map((entry, index) => ({ ...entry, line: 3 + index })),
        lines: { account: 2, id: 2, sequence: 2, opening: 2, closing: 5 },
      },
    });
  });

  test('is read with a byte order mark and either kind of line end', () => {
    const marked = parseStatement(bytesOf(`\u{FEFF}${good}`), 'csv');
    expect(marked).toEqual(parseStatement(bytesOf(good.replaceAll('\n', '\r\n')), 'csv'));
    expect(marked.ok).toBe(true);
  });

  test('is never taken for one of another layout', () => {
    const german = renderCsv(sampleStatement(), csvLayouts['csv-german']);
    expect(refusalOf(german, 'csv')).toMatchObject({ code: 'header-differs', line: 1 });
    expect(refusalOf(good, 'csv-german')).toMatchObject({ code: 'header-differs', line: 1 });
  });

  test('keeps a formula, a quotation mark and a delimiter as the text they are', () => {
    const remittance = '=HYPERLINK("http://x","C-1234"), +1; ok';
    const file = renderCsv(
      sampleStatement({ entries: [sampleEntry({ remittance })] }),
      csvLayouts.csv,
    );
    expect(parseStatement(bytesOf(file), 'csv')).toMatchObject({
      value: { entries: [{ remittance }] },
    });
  });
});

describe('a CSV file is refused, with the line,', () => {
  const without = (index: number): string => rows.filter((_, at) => at !== index).join('\n');
  test.each<[string, string, { code: string; line: number | null }]>([
    ['when empty', '', { code: 'empty', line: null }],
    ['for its heading alone', `${rows[0]}\n`, { code: 'truncated', line: 1 }],
    [
      'for a heading more',
      bent('reversal\n', 'reversal,more\n'),
      { code: 'header-differs', line: 1 },
    ],
    ['for a heading in other letters', bent('iban', 'IBAN'), { code: 'header-differs', line: 1 }],
    ['for a column more', bent(',no\n', ',no,\n'), { code: 'csv-malformed', line: 3 }],
    ['for a column less', bent(',no\n', '\n'), { code: 'csv-malformed', line: 3 }],
    ['for an empty row', bent(',no\n', ',no\n\n'), { code: 'csv-malformed', line: 4 }],
    ['without the opening balance', without(1), { code: 'structure', line: 2 }],
    ['without the closing balance', without(4), { code: 'truncated', line: 4 }],
    ['without its last line break', good.slice(0, -1), { code: 'truncated', line: 5 }],
    ['for a row after the closing balance', `${good}${rows[2]}\n`, { code: 'structure', line: 6 }],
    [
      'for a second opening balance',
      good.replace(`${rows[2]}`, `${rows[1]}`),
      { code: 'structure', line: 3 },
    ],
    [
      'for a quotation mark inside a cell',
      bent('Deposit C', 'Depo"sit C'),
      { code: 'csv-malformed', line: 3 },
    ],
    [
      'for text after a quoted cell',
      bent('Deposit C-20418', '"Deposit"C'),
      { code: 'csv-malformed', line: 3 },
    ],
    [
      'for quotation marks that never close',
      bent('Deposit C', '"Deposit C'),
      { code: 'truncated', line: 5 },
    ],
    [
      'for a line break inside a cell',
      bent('Deposit C-20418', '"Deposit\nC-20418"'),
      { code: 'csv-malformed', line: 3 },
    ],
    [
      'for a decimal comma where points are declared',
      bent(',250.00,', ',"250,00",'),
      { code: 'amount-malformed', line: 3 },
    ],
    ['for grouped digits', bent('1000.00', '"1,000.00"'), { code: 'amount-malformed', line: 2 }],
    ['for a third decimal', bent('250.00', '250.005'), { code: 'amount-malformed', line: 3 }],
    ['for a plus sign', bent('250.00', '+250.00'), { code: 'amount-malformed', line: 3 }],
    ['for an entry of nothing', bent('250.00', '0.00'), { code: 'amount-zero', line: 3 }],
    [
      'for a date of another form',
      bent('entry,2026-11-26', 'entry,26.11.2026'),
      { code: 'date-malformed', line: 3 },
    ],
    [
      'for a date that does not exist',
      bent('entry,2026-11-26', 'entry,2026-11-31'),
      { code: 'date-malformed', line: 3 },
    ],
    [
      'for one row of another currency',
      bent('250.00,EUR', '250.00,USD'),
      { code: 'currency-mixed', line: 3 },
    ],
    [
      'for one row of another statement',
      good.replace(/(\n.*\n[^,]*,STMT-2026-23)1/u, '$12'),
      { code: 'statement-mixed', line: 3 },
    ],
    [
      'for an account with wrong check digits',
      good.replaceAll('AT11', 'AT12'),
      { code: 'iban-malformed', line: 2 },
    ],
    [
      'for another side’s account with wrong check digits',
      bent('DE28', 'DE29'),
      { code: 'iban-malformed', line: 3 },
    ],
    [
      'for a reversal that is neither yes nor no',
      bent(',no\n', ',maybe\n'),
      { code: 'structure', line: 3 },
    ],
    [
      'for an entry without a reference',
      bent('BANKREF-0001', ''),
      { code: 'field-missing', line: 3 },
    ],
    [
      'for a balance that says more',
      good.replace(/(closing,.*EUR),/u, '$1,REF'),
      { code: 'structure', line: 5 },
    ],
    [
      'for a row that is too long',
      bent('Deposit', 'x'.repeat(30_000)),
      { code: 'csv-malformed', line: 3 },
    ],
    [
      'for a text that is too long',
      bent('Deposit', 'x'.repeat(5_000)),
      { code: 'text-malformed', line: 3 },
    ],
    [
      'for a number of nothing',
      good.replaceAll(',231,', ',0,'),
      { code: 'sequence-malformed', line: 2 },
    ],
  ])('%s', (_, text, expected) => {
    expect(refusalOf(text, 'csv')).toMatchObject(expected);
  });

  test('for more entries than the limit', () => {
    const many = [
      rows[0],
      rows[1],
      ...Array.from({ length: statementLimits.entries + 1 }, () => rows[2]),
      rows[4],
      '',
    ];
    expect(refusalOf(many.join('\n'), 'csv')).toMatchObject({
      code: 'too-many-entries',
      line: statementLimits.entries + 3,
    });
  });
});
