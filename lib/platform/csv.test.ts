import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('csvOf', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1', '"=1', '＝1', '\n=1'])(
    'makes %j a text that no spreadsheet computes',
    (text) => {
      const [first = ''] = csvOf([[text]]).replace(/^"/, '');
      expect(first).toBe("'");
    },
  );

  it('leaves other texts and figures as they are', () => {
    expect(csvOf([['Rule', 'a-b', 'x=y', -5, 0]])).toBe('Rule,a-b,x=y,-5,0\r\n');
  });

  it('leaves an exact figure a number, however long, and takes nothing else for one', () => {
    expect(csvOf([[{ figure: '-123456789012345678.000000001' }, { figure: '0' }]])).toBe(
      '-123456789012345678.000000001,0\r\n',
    );
    for (const figure of ['=1', '-', '1,0', '-1+2', '', '1e5', '٣'])
      expect(() => csvOf([[{ figure }]])).toThrow('no plain decimal');
  });

  it('quotes what would break a line or a cell', () => {
    expect(csvOf([['a,b', 'say "no"', 'two\nlines'], ['c']])).toBe(
      '"a,b","say ""no""","two\nlines"\r\nc\r\n',
    );
  });
});
