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

  it('quotes what would break a line or a cell', () => {
    expect(csvOf([['a,b', 'say "no"', 'two\nlines'], ['c']])).toBe(
      '"a,b","say ""no""","two\nlines"\r\nc\r\n',
    );
  });
});
