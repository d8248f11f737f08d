import { describe, expect, it } from 'vitest';
import { runsTable } from './words.ts';

const run = { id: 'r', kind: 'chain', asset: 'SOL', place: 'warm-1', matched: 12, breaks: 1 };

describe('the table of runs', () => {
  it('stands in columns and says what is open', () => {
    const lines = runsTable([run], 2).split('\n');
    expect(lines[0]?.indexOf('PLACE')).toBe(lines[1]?.indexOf('warm-1'));
    expect(lines.at(-1)).toBe('2 breaks are open. /reconciliation shows them.');
  });

  it('says so when nothing is', () => {
    expect(runsTable([{ ...run, breaks: 0 }], 0)).toMatch(/No break is open\.$/);
  });
});
