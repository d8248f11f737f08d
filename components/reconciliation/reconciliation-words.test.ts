import { describe, expect, it } from 'vitest';
import { breakState, countWords, happened, overviewState } from './reconciliation-words.ts';

describe('words of reconciliation', () => {
  it('say by whom something happened, and that a run is nobody', () => {
    expect(happened({ what: 'proposed', by: 'Ada' })).toBe('Ada proposed to close it');
    expect(happened({ what: 'found', by: 'A run' })).toBe('A run found it');
  });

  it('say that a break is late before they say that it is open, and never of a closed one', () => {
    const late = { isLate: true, closedBy: null, isUnproved: false };
    expect(breakState({ state: 'open', ...late }).words).toBe('Late: open');
    const closed = { state: 'closed', isLate: false, closedBy: 'explanation' };
    expect(breakState({ ...closed, isUnproved: false }).tone).toBe('good');
    expect(breakState({ ...closed, isUnproved: true })).toMatchObject({
      tone: 'danger',
      words: 'Open: its closing is not proved',
    });
  });

  it('count as people do', () => {
    expect([0, 1, 3].map((count) => countWords(count, 'break'))).toEqual([
      'no break',
      'one break',
      '3 breaks',
    ]);
  });

  it('say that no break is open only beside what no run has seen', () => {
    const run = { id: 'r', at: '', matched: 0, difference: '0' };
    const place = {
      kind: 'chain' as const,
      asset: 'SOL',
      place: 'warm-1',
      id: 'chain/SOL/warm-1',
      isHourly: false,
      lastRun: run,
      uncomparedSince: null,
      open: 0,
      missed: [],
    };
    const moved = { ...place, uncomparedSince: '1' };
    const never = { ...place, lastRun: null };
    const none = { open: 0, late: 0 };
    expect(overviewState({ ...none, places: [place] })).toMatch(/agree: no break is open\.$/);
    expect(overviewState({ ...none, places: [moved, moved, place] })).toBe(
      'No break is open. 2 of 3 not compared since their last movement.',
    );
    expect(overviewState({ open: 1, late: 0, places: [moved, never] })).toBe(
      'One break open, none is late. 1 of 2 not compared since its last movement, 1 of 2 never compared.',
    );
  });
});
