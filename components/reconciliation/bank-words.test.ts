import { describe, expect, it } from 'vitest';
import { causeWords, daysWords } from './bank-words.ts';

describe('words of banks', () => {
  it('write days as every other page does, whatever the time zone', () => {
    expect(daysWords('2026-11-24')).toBe('24 Nov 2026');
    expect(daysWords('2026-11-24', '2026-11-24')).toBe('24 Nov 2026');
    expect(daysWords('2026-11-24', '2026-12-01')).toBe('24 Nov 2026 to 1 Dec 2026');
  });

  it('say that what went out is missing, and never that it lies in suspense', () => {
    expect(causeWords('went-out')).toMatch(/^Missing: /);
    for (const cause of ['went-out', 'reversal', 'brought-forward'])
      expect(causeWords(cause)).not.toContain('suspense');
  });
});
