import { describe, expect, it } from 'vitest';
import { boardDuties, stateOfDuty } from './board-duties.ts';

const duty = (id: string) => {
  const found = boardDuties.find((one) => one.id === id);
  if (!found) throw new Error(`There is no duty ${id}.`);
  return found;
};

describe('the duties of the board', () => {
  it('are those of Art 5(2)(a) to (i) and 5(4), each once', () => {
    const articles = boardDuties.map(({ article }) => article.split(';')[0]);
    expect(articles).toEqual(
      Array.from('abcdefghi', (letter) => `DORA 5(2)(${letter})`).concat('DORA 5(4)'),
    );
    expect(new Set(boardDuties.map(({ id }) => id)).size).toBe(boardDuties.length);
  });

  it('are missing without evidence, and where a board that has to approve only took note', () => {
    expect(stateOfDuty(duty('5-2-b'), null, '2026-11-28').state).toBe('missing');
    const noted = { on: '2026-11-01', decision: 'noted' } as const;
    expect(stateOfDuty(duty('5-2-b'), noted, '2026-11-28').state).toBe('missing');
    expect(stateOfDuty(duty('5-2-i'), noted, '2026-11-28').state).toBe('kept');
  });

  it('are kept up to the last day of their period and too old from the next', () => {
    const shown = { on: '2025-11-28', decision: 'approved' } as const;
    expect(stateOfDuty(duty('5-2-h'), shown, '2026-11-28')).toEqual({
      state: 'kept',
      dueOn: '2026-11-28',
    });
    expect(stateOfDuty(duty('5-2-h'), shown, '2026-11-29').state).toBe('old');
  });
});
