import { describe, expect, it } from 'vitest';
import { breakState, countWords, happened } from './reconciliation-words.ts';

describe('words of reconciliation', () => {
  it('say by whom something happened, and that a run is nobody', () => {
    expect(happened({ what: 'proposed', by: 'Ada' })).toBe('Ada proposed to close it');
    expect(happened({ what: 'found', by: 'A run' })).toBe('A run found it');
  });

  it('say that a break is late before they say that it is open, and never of a closed one', () => {
    const late = { isLate: true, closedBy: null };
    expect(breakState({ state: 'open', ...late }).words).toBe('Late: open');
    expect(breakState({ state: 'closed', isLate: false, closedBy: 'match' })).toMatchObject({
      tone: 'good',
    });
  });

  it('count as people do', () => {
    expect([0, 1, 3].map((count) => countWords(count, 'break'))).toEqual([
      'no break',
      'one break',
      '3 breaks',
    ]);
  });
});
