import { describe, expect, it } from 'vitest';
import { pairWords } from './pair-words.ts';

describe('with whom a party can sign', () => {
  it('is said by name, whether a pair was used or not', () => {
    expect(
      pairWords(
        [
          { peer: 'custody', state: 'used' },
          { peer: 'recovery', state: 'set-up' },
        ],
        [],
      ),
    ).toEqual({ can: 'Signs with custody and recovery.', cannot: '' });
  });

  it('leaves nobody out: banned, given up and missing pairs are told apart', () => {
    const { can, cannot } = pairWords(
      [
        { peer: 'custody', state: 'banned' },
        { peer: 'recovery', state: 'given-up' },
      ],
      ['spare'],
    );
    expect(can).toBe('');
    expect(cannot).toContain('Not with custody: a check failed');
    expect(cannot).toContain('Not with recovery before the key is refreshed');
    expect(cannot).toContain('No pair with spare yet.');
  });
});
