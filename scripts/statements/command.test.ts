import { describe, expect, it } from 'vitest';
import { readCommand } from './command.ts';

describe('the words after npm run statements', () => {
  it('name a quarter or days, and a folder', () => {
    expect(readCommand(['--quarter', '2026-Q3', '--out', 'q3'])).toEqual({
      period: { quarter: '2026-Q3' },
      out: 'q3',
    });
    expect(readCommand(['--from', '2026-10-01', '--out', 'x'])).toEqual({
      period: { from: '2026-10-01', through: '' },
      out: 'x',
    });
  });

  it.each([
    [[], /--out/],
    [['--quarter', '2026-Q3'], /--out/],
    [['--out', 'x'], /either --quarter or --from/],
    [['--out', 'x', '--quarter', '2026-Q3', '--from', '2026-10-01'], /either --quarter or --from/],
    [['--out', 'x', '--quarter', '2026-Q3', '--through', '2026-10-01'], /--through goes with/],
    [['--out', 'x', '--from', '1 October'], /day like/],
    [['--out', 'x', '--from', '2026-13-01'], /day like/],
    [['--frob'], /no option “--frob”/],
    [['all'], /no word “all”/],
  ])('are refused with a sentence: %j', (words, sentence) => {
    expect(() => readCommand(words)).toThrow(sentence);
  });
});
