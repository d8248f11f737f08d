import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { statementCsv } from './csv.ts';
import { statementDigest, type StatementContent } from './content.ts';
import { sampleAsset, sampleStatement } from './testing/sample-statement.ts';

function rowsOf(content: StatementContent): Record<string, string>[] {
  const text = [...statementCsv(content, statementDigest(content))].join('');
  return parse(text, { columns: true });
}

describe('a statement as CSV', () => {
  it('says what the content says, amounts exact to 27 digits and negative ones as numbers', () => {
    const big = 123_456_789_012_345_678_901_234_567n;
    const asset = sampleAsset('ETH', 18, 0n, [{ amount: `${big}` }, { amount: `-${big}` }]);
    const rows = rowsOf(sampleStatement({ assets: [asset] })).filter(
      ({ asset: of }) => of === 'ETH',
    );
    expect(rows.map(({ record, amount, balance }) => [record, amount, balance])).toEqual([
      ['opening', '', '0.000000000000000000'],
      ['movement', '123456789.012345678901234567', '123456789.012345678901234567'],
      ['movement', '-123456789.012345678901234567', '0.000000000000000000'],
      ['closing', '', '0.000000000000000000'],
    ]);
  });

  it('lists what is set aside with its operation, apart from movements', () => {
    const rows = rowsOf(
      sampleStatement({
        pending: [
          {
            operation: 'WD-2026-000009',
            asset: 'SOL',
            decimals: 9,
            amount: '77',
            since: '2026-09-30T23:59:00.000Z',
          },
        ],
      }),
    );
    expect(rows.at(-1)).toMatchObject({
      record: 'pending',
      operation: 'WD-2026-000009',
      amount: '0.000000077',
    });
  });

  it.each(['=HYPERLINK("//x")', '+1', '-1+2', '@SUM(A1)', '\tx', '\rx', '＝1'])(
    'lets no spreadsheet compute a name or a reference such as %j',
    (hostile) => {
      const asset = sampleAsset('SOL', 9, 0n, [
        { amount: '1', reference: { kind: 'bank', id: hostile }, counterparty: hostile },
      ]);
      const content = sampleStatement({ client: { id: 'C-1', name: hostile }, assets: [asset] });
      const cells = rowsOf(content).flatMap((row) => Object.values(row));
      expect(cells).not.toContain(hostile);
      expect(cells.filter((cell) => cell === `'${hostile}`)).toHaveLength(3);
    },
  );

  it('comes in pieces, however many movements there are', () => {
    const movements = Array.from({ length: 1201 }, () => ({ amount: '1' }));
    const content = sampleStatement({ assets: [sampleAsset('SOL', 9, 0n, movements)] });
    const pieces = [...statementCsv(content, statementDigest(content))];
    expect(pieces.length).toBeGreaterThan(4);
    expect(pieces.join('').split('\r\n')).toHaveLength(1201 + 14);
  });
});
